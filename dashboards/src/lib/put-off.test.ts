import { expect, it } from 'vitest';
import { isPutOff, putOff } from './put-off.ts';

it('lasts for the person who put it off, and for nobody else', () => {
  const kept = new Map<string, string>();
  const open = () => ({
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  });
  expect(isPutOff('zhou', open)).toBe(false);
  putOff('zhou', open);
  expect(isPutOff('zhou', open)).toBe(true);
  expect(isPutOff('wu', open)).toBe(false);
});

it('does without where the browser keeps nothing', () => {
  const refuse = () => {
    throw new Error('SecurityError');
  };
  expect(() => putOff('zhou', refuse)).not.toThrow();
  expect(isPutOff('zhou', refuse)).toBe(false);
});
