import { expect, it } from 'vitest';
import { effectScope } from 'vue';
import { dropKept, useKept } from './use-kept.ts';
import { keptTexts } from './use-kept-text.ts';

const open = (id = 'form') => {
  const scope = effectScope();
  const kept = scope.run(() => useKept(id, () => ({ name: '', roles: [] as string[] })));
  if (kept === undefined) throw new Error('no scope');
  return { ...kept, leave: () => scope.stop() };
};

it('offers what was typed to the form that is opened again, and to no other', () => {
  keptTexts.belongTo('li');
  const first = open();
  first.draft.value.name = '王芳';
  first.draft.value.roles.push('reviewer');
  first.leave();
  expect(open().draft.value).toEqual({ name: '王芳', roles: ['reviewer'] });
  expect(open('another').draft.value).toEqual({ name: '', roles: [] });
  keptTexts.belongTo('wang');
  expect(open().draft.value).toEqual({ name: '', roles: [] });
});

it('is empty once it was sent, and keeps what is typed after that', () => {
  keptTexts.belongTo('li');
  const form = open();
  form.draft.value.name = '王芳';
  form.drop();
  expect(form.draft.value.name).toBe('');
  expect(open().draft.value.name).toBe('');
  form.draft.value.name = '李';
  form.leave();
  expect(open().draft.value.name).toBe('李');
  dropKept('form');
  expect(open().draft.value.name).toBe('');
});
