import { describe, expect, it } from 'vitest';
import { maskMentions } from './mentions.ts';

describe('mentions in text', () => {
  it.each([
    ['感谢@张三 同学', '感谢@… 同学'],
    ['hi@张三 你好', 'hi@… 你好'],
    ['ok＠张三，收到', 'ok＠…，收到'.replace('＠', '@')],
    ['@\u200b张三 看这里', '@… 看这里'],
    ['@阿·明 和@user_d-1：', '@… 和@…：'],
    ['(@张三)“@李四”@王五@赵六', '(@…)“@…”@…@…'],
  ])('%j become %j', (text, masked) => {
    expect(maskMentions(text)).toBe(masked);
  });

  it.each(['邮箱 xcb@canglan.edu.cn', 'a.b+c@mail.canglan.edu.cn', '@ 二楼', '3@5'])(
    '%j are none',
    (text) => {
      expect(maskMentions(text)).toBe(text);
    },
  );
});
