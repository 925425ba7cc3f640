import { expect, it } from 'vitest';
import { computed } from 'vue';
import { useKeptDrafts } from './use-kept-drafts.ts';

const draft = { kind: 'verify' as const, reason: 'needs-facts' as const, note: '已致电', unitId: null };

it('keeps what somebody wrote until they sign in again, and never for another person', () => {
  const drafts = useKeptDrafts();
  drafts.belongTo('li');
  drafts.set('case-1', draft);
  drafts.belongTo('li');
  expect(drafts.get('case-1')).toEqual(draft);
  expect(drafts.get('case-2')).toBeNull();
  drafts.belongTo('wang');
  expect(drafts.get('case-1')).toBeNull();
  drafts.belongTo('li');
  expect(drafts.get('case-1')).toBeNull();
});

it('tells the screen when a draft comes and goes', () => {
  const drafts = useKeptDrafts();
  const note = computed(() => drafts.get('case-1')?.note ?? 'none');
  expect(note.value).toBe('none');
  drafts.set('case-1', draft);
  expect(note.value).toBe('已致电');
  drafts.delete('case-1');
  expect(note.value).toBe('none');
});
