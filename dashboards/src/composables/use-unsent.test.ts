import { beforeEach, describe, expect, it } from 'vitest';
import { nextTick, ref } from 'vue';
import type { Client } from '../api/client.ts';
import { keptNotes, useCaseWork } from './use-case-work.ts';
import { useOpenHandover } from './use-handovers.ts';
import { keptSteps, useInstruction } from './use-instruction.ts';
import { keptTexts } from './use-kept-text.ts';
import { useRouting } from './use-routing.ts';
import { useSearch } from './use-search.ts';

/** Answers by route; a route without an answer fails. */
function answering(answers: Record<string, unknown>) {
  const asked: { name: string; input: unknown }[] = [];
  const call = async (name: string, input: unknown) => {
    asked.push({ name, input });
    if (!(name in answers)) throw new Error(`${name} is not answered`);
    return answers[name];
  };
  return { client: { call } as unknown as Client, asked };
}

beforeEach(() => keptTexts.clear());

describe('a move begun on a slip', () => {
  const slip = { id: 'slip-1', version: 1, moves: ['answer', 'draft'], events: [], returned: null };

  function begun(answers: Record<string, unknown> = { readHandover: slip }) {
    const { client } = answering(answers);
    return useOpenHandover(client, () => undefined);
  }
  async function typeAnswer(text: string) {
    const open = begun({ readHandover: slip, answerHandover: {} });
    await open.open('slip-1');
    open.begin('answer');
    if (open.draft.value !== null) open.draft.value = { ...open.draft.value, text };
    return open;
  }

  it('is there again when the page was left, and says so', async () => {
    await typeAnswer('已派人维修');
    const again = begun();
    await again.open('slip-1');
    expect(again.draft.value).toMatchObject({ move: 'answer', text: '已派人维修' });
    expect(again.restored.value).toBe(true);
  });

  it('waits on its own slip while another is open', async () => {
    const open = await typeAnswer('已派人维修');
    await open.open(null);
    expect(open.draft.value).toBeNull();
    await open.open('slip-1');
    expect(open.draft.value?.text).toBe('已派人维修');
  });

  it('is gone when it was given up or sent, and was never kept with nothing written', async () => {
    const givenUp = await typeAnswer('已派人维修');
    givenUp.cancel();
    const sent = await typeAnswer('已派人维修');
    await sent.confirm('答复已完成。');
    expect(sent.told.value).toBe('答复已完成。');
    await typeAnswer('');
    const again = begun();
    await again.open('slip-1');
    expect(again.draft.value).toBeNull();
  });

  it('stays to be copied where the move is open no more', async () => {
    await typeAnswer('已派人维修');
    const again = begun({ readHandover: { ...slip, moves: ['draft'] } });
    await again.open('slip-1');
    expect(again.draft.value).toBeNull();
    expect(again.leftover.value).toBe('已派人维修');
    again.dropLeftover();
    expect(again.leftover.value).toBe('');
  });
});

it('keeps a note until it is saved', async () => {
  keptNotes.set('case-1', '已致电');
  const failing = useCaseWork(answering({}).client, () => undefined);
  expect(await failing.note('case-1', '已致电')).toBe(false);
  expect(keptNotes.get('case-1')).toBe('已致电');
  const atLookingAgain: (string | null)[] = [];
  const work = useCaseWork(answering({ noteCase: {} }).client, () =>
    atLookingAgain.push(keptNotes.get('case-1')),
  );
  expect(await work.note('case-1', '已致电')).toBe(true);
  expect(atLookingAgain).toEqual([null]);
});

it('keeps a step with an instruction until it is taken', async () => {
  const detail = { id: 'i-1', version: 1 };
  const { client } = answering({ readInstruction: detail, moveInstruction: { instruction: detail } });
  const { take } = useInstruction(client, ref('i-1'));
  await nextTick();
  await nextTick();
  keptSteps.set('i-1', { move: 'give', text: '请尽快办理', unitId: '', day: '' });
  expect(await take({ move: 'give', text: '请尽快办理', unitId: null, dueAt: null })).toBe(true);
  expect(keptSteps.get('i-1')).toBeNull();
});

describe('rules of routing being edited', () => {
  const view = { version: 3, mayEdit: true, rules: [], units: [], channels: [] };

  async function loaded(stored: object = view) {
    const routing = useRouting(answering({ readRouting: stored }).client);
    await routing.load();
    return routing;
  }

  it('are there again when the page was left, until they are given up', async () => {
    (await loaded()).add();
    const again = await loaded();
    expect([again.rules.value.length, again.restored.value, again.isChanged.value]).toEqual([
      1,
      'as-begun',
      true,
    ]);
    again.reset();
    expect([again.rules.value.length, again.restored.value]).toEqual([0, null]);
    expect((await loaded()).rules.value).toEqual([]);
  });

  it('say when others were saved since, each time until they are saved or given up', async () => {
    (await loaded()).add();
    const again = await loaded({ ...view, version: 4 });
    expect(again.restored.value).toBe('moved-on');
    again.add();
    expect((await loaded({ ...view, version: 4 })).restored.value).toBe('moved-on');
  });

  it('are not shown to whoever may only read', async () => {
    (await loaded()).add();
    expect((await loaded({ ...view, mayEdit: false })).rules.value).toEqual([]);
  });
});

it('searches once more for what was searched before, with the purpose stated then', async () => {
  const page = { items: [], nextCursor: null };
  const first = answering({ searchPosts: page });
  const search = useSearch(first.client);
  expect(search.resume()).toBe(false);
  search.purpose.value = '核对暖气问题';
  search.isPurposeSet.value = true;
  search.draft.value.q = '暖气';
  await search.search();
  search.draft.value.q = '暖气 南区';

  const second = answering({ searchPosts: page });
  const again = useSearch(second.client);
  expect(again.draft.value.q).toBe('暖气 南区');
  expect(again.purpose.value).toBe('核对暖气问题');
  expect(again.resume()).toBe(true);
  expect(second.asked).toEqual(first.asked);
});
