import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { FakeClock } from './fake-clock.ts';

describe('FakeClock', () => {
  it('gives valid, growing, repeatable UUIDv7s', () => {
    const draw = (clock: FakeClock) => Array.from({ length: 50 }, () => clock.newId());
    const clock = new FakeClock('2026-03-02T00:00:00.000Z', 3);
    const ids = Array.from({ length: 300 }, () => clock.newId());
    clock.advance(5);
    ids.push(clock.newId());
    for (const id of ids) expect(() => z.uuidv7().parse(id)).not.toThrow();
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(ids);
    expect(draw(new FakeClock())).toEqual(draw(new FakeClock()));
    expect(new FakeClock().newId()).not.toBe(new FakeClock(undefined, 1).newId());
  });

  it('rings alarms on the way, in order, unless cancelled', () => {
    const clock = new FakeClock('2026-03-02T00:00:00.000Z');
    const rung: string[] = [];
    clock.after(20, () => rung.push(`b ${clock.now()}`));
    clock.after(10, () => {
      rung.push(`a ${clock.now()}`);
      clock.after(5, () => rung.push('nested'));
    });
    clock.after(15, () => rung.push('never'))();
    expect(clock.advance(30)).toBe('2026-03-02T00:00:00.030Z');
    expect(rung).toEqual(['a 2026-03-02T00:00:00.010Z', 'nested', 'b 2026-03-02T00:00:00.020Z']);
  });
});
