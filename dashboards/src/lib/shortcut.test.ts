import { describe, expect, it } from 'vitest';
import { findShortcut, type KeyPress } from './shortcut.ts';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  isComposing: false,
  withModifier: false,
  focus: 'page',
  ...more,
});

describe('findShortcut', () => {
  it.each([
    ['j', { do: 'next' }],
    ['K', { do: 'previous' }],
    ['z', { do: 'undo' }],
    ['？', { do: 'help' }],
    ['3', { do: 'decide', key: '3' }],
    ['9', null],
    ['x', { do: 'select' }],
    ['q', null],
    ['Enter', null],
    ['u', { do: 'undo' }],
    ['c', { do: 'claim' }],
    ['a', { do: 'decide', key: '2' }],
    ['h', { do: 'decide', key: '3' }],
    ['n', { do: 'decide', key: '1' }],
    ['/', { do: 'find' }],
    ['b', null],
  ])('%s on the page', (key, expected) => {
    expect(findShortcut(press(key), false)).toEqual(expected);
  });

  it.each([
    ['Enter', { do: 'confirm' }],
    ['ArrowDown', { do: 'reason-down' }],
    ['b', { do: 'reason', index: 1 }],
    ['a', { do: 'reason', index: 0 }],
    ['n', { do: 'note' }],
    ['/', null],
    ['Escape', { do: 'cancel' }],
  ])('%s once a decision is picked', (key, expected) => {
    expect(findShortcut(press(key), true)).toEqual(expected);
  });

  it('leaves every key to a field that is typed in, Escape excepted', () => {
    for (const key of ['1', 'j', 'z', 'Enter', '?', 'a']) {
      expect(findShortcut(press(key, { focus: 'text' }), true)).toBeNull();
    }
    expect(findShortcut(press('Escape', { focus: 'text' }), true)).toEqual({ do: 'cancel' });
  });

  it('stays silent while an input method composes, and with a modifier', () => {
    expect(findShortcut(press('1', { isComposing: true }), true)).toBeNull();
    expect(findShortcut(press('z', { withModifier: true }), true)).toBeNull();
  });

  it('leaves a drop-down all but digits and Escape', () => {
    expect(findShortcut(press('j', { focus: 'choice' }), true)).toBeNull();
    expect(findShortcut(press('ArrowDown', { focus: 'choice' }), true)).toBeNull();
    expect(findShortcut(press('1', { focus: 'choice' }), true)).toEqual({ do: 'decide', key: '1' });
  });

  it('leaves Enter and arrows to a focused control, but not letters and digits', () => {
    expect(findShortcut(press('Enter', { focus: 'control' }), true)).toBeNull();
    expect(findShortcut(press('ArrowUp', { focus: 'control' }), true)).toBeNull();
    expect(findShortcut(press('2', { focus: 'control' }), true)).toEqual({ do: 'decide', key: '2' });
  });
});
