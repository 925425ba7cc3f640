import { describe, expect, it } from 'vitest';
import { Chance } from '../chance.ts';
import { asReceived } from './as-received.ts';
import { campusWords } from './campus-words.ts';
import { fill, writeTexts } from './fill.ts';
import { writeOrdinaryTexts } from './ordinary-texts.ts';
import { servicePatterns } from './service-texts.ts';

describe('written training texts', () => {
  it('are the same for the same seed, and leave no gap', () => {
    const write = () => writeOrdinaryTexts(300, new Chance(5)).map(({ text }) => text);
    expect(write()).toEqual(write());
    expect(write().length).toBeGreaterThan(280);
    for (const text of write()) expect(text).not.toMatch(/[{}]/);
  });

  it('have words for every gap of every pattern', () => {
    const chance = new Chance(6);
    for (const pattern of Object.values(servicePatterns).flat())
      expect(fill(pattern, campusWords, chance)).not.toMatch(/[{}]|undefined/);
    expect(() => fill('{nothing}', campusWords, chance)).toThrow(/nothing/);
  });

  it('stop when the patterns give no more', () => {
    expect(writeTexts(['{a}'], { a: ['x', 'y'] }, 50, new Chance(1)).sort()).toEqual(['x', 'y']);
  });
});

describe('asReceived', () => {
  it('puts numbers and links where their names stood, and joins the words', () => {
    const text = asReceived('尊敬 的 用户 您 的 积分 已 满 DIGIT 请 登录 URL 兑换 详询 CELLPHONE', 3);
    expect(text).not.toMatch(/URL|DIGIT|CELLPHONE/);
    expect(text).toMatch(/1[3578]\d{9}/);
    expect(text.replace(/[，。！；,]/g, '')).toMatch(/^尊敬的用户您的积分已满/);
    expect(asReceived('您 的 积分', 3)).toBe(asReceived('您 的 积分', 3));
  });
});
