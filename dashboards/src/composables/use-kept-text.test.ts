import { expect, it } from 'vitest';
import { computed } from 'vue';
import { createKeptTexts } from './use-kept-text.ts';

it('keeps what somebody typed until they sign in again, and never for another person', () => {
  const texts = createKeptTexts();
  const notes = texts.of<string>();
  texts.belongTo('li');
  notes.set('case-1', '已致电');
  texts.belongTo('li');
  expect(notes.get('case-1')).toBe('已致电');
  expect(notes.get('case-2')).toBeNull();
  texts.belongTo('wang');
  expect(notes.get('case-1')).toBeNull();
  texts.belongTo('li');
  expect(notes.get('case-1')).toBeNull();
});

it('keeps one kind of form apart from another, and forgets all of them at once', () => {
  const texts = createKeptTexts();
  const [notes, answers] = [texts.of<string>(), texts.of<{ text: string }>()];
  notes.set('1', '备注');
  answers.set('1', { text: '答复' });
  notes.delete('1');
  expect(notes.get('1')).toBeNull();
  expect(answers.get('1')).toEqual({ text: '答复' });
  notes.set('1', '备注');
  texts.clear();
  expect([notes.get('1'), answers.get('1')]).toEqual([null, null]);
});

it('tells the screen when something comes and goes', () => {
  const notes = createKeptTexts().of<string>();
  const shown = computed(() => notes.get('case-1') ?? 'none');
  expect(shown.value).toBe('none');
  notes.set('case-1', '已致电');
  expect(shown.value).toBe('已致电');
  notes.delete('case-1');
  expect(shown.value).toBe('none');
});
