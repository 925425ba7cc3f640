import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { effectScope } from 'vue';
import { type LateView, useLateView } from './use-late-view.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function open(load: LateView, isOnline = () => true) {
  const scope = effectScope();
  const late = scope.run(() => useLateView(load, isOnline));
  if (late === undefined) throw new Error('The scope is gone.');
  return { ...late, leave: () => scope.stop() };
}

it('says that it failed, comes when asked again, and is there at once the second time', async () => {
  const page = { name: 'page' };
  const load = vi
    .fn<LateView>()
    .mockRejectedValueOnce(new TypeError('offline'))
    .mockResolvedValue({ default: page });
  const first = open(load);
  expect(first.status.value).toBe('quiet');
  await vi.advanceTimersByTimeAsync(1);
  expect([first.status.value, first.view.value]).toEqual(['failed', null]);
  const again = first.fetch();
  expect(first.status.value).toBe('loading');
  await again;
  expect([first.status.value, first.view.value]).toEqual(['ready', page]);
  first.leave();

  const second = open(load);
  expect([second.status.value, second.view.value]).toEqual(['ready', page]);
  expect(load).toHaveBeenCalledTimes(2);
  second.leave();
});

it('asks for nothing while there is no connection', async () => {
  const load = vi.fn<LateView>().mockResolvedValue({ default: {} });
  let online = false;
  const late = open(load, () => online);
  expect(late.status.value).toBe('failed');
  expect(load).not.toHaveBeenCalled();
  online = true;
  await late.fetch();
  expect(late.status.value).toBe('ready');
  late.leave();
});

it('speaks of a wait only when it is long', async () => {
  const late = open(() => new Promise(() => {}));
  await vi.advanceTimersByTimeAsync(199);
  expect(late.status.value).toBe('quiet');
  await vi.advanceTimersByTimeAsync(2);
  expect(late.status.value).toBe('loading');
  late.leave();
});
