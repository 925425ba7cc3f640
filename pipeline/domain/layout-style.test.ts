import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DraftDocument } from './draft-document.ts';
import { readStyle, sanitizeStyle, textStyleOf } from './layout-style.ts';

describe('sanitizeStyle', () => {
  it.each([
    'color: rgb(62, 62, 62); font-size: 15px; letter-spacing: 1.5px; line-height: 1.75;',
    'margin: 10px auto; padding: 0px 1em; border: 1px solid #c00; border-radius: 0.5em; box-sizing: border-box;',
    'display: inline-block; width: 100%; vertical-align: top; text-align: center;',
    'border-top: 2px dashed rgba(160, 160, 160, 0.5); margin-top: -1.2em;',
    'background-image: linear-gradient(90deg, #fff 0%, rgb(1, 2, 3) 100%);',
    'display: flex; flex-flow: row nowrap; justify-content: center; align-items: flex-end; flex: 0 0 auto;',
    'box-shadow: rgb(0, 0, 0) 0px 2px 4px;',
  ])('keeps what a layout needs: %s', (css) => {
    expect(sanitizeStyle(css)).toBe(css);
  });

  it.each([
    'position: fixed; top: 0; left: 0; z-index: 9999',
    'background-image: url(https://tracker.example/p.gif)',
    'width: expression(alert(1))',
    'behavior: url(x.htc); -moz-binding: url(x.xml)',
    'background: \\75rl(javascript:alert(1))',
    'color: red"><script>alert(1)</script>',
    'color: var(--x); content: "x"; cursor: url(x)',
    'margin-left: -9999px; text-indent: -999em',
    'font-size: 0; opacity: 0; display: none; visibility: hidden; font-size: 1px; opacity: 0.01',
    'transform: translate(-500px); filter: blur(9px); clip-path: inset(100%)',
    '@import "x"; animation: a 1s; transition: all 1s; overflow: hidden; float: left',
    'color: /* ; */ url(x); font-family: 微软雅黑',
    'letter-spacing: -20px; line-height: 99999',
  ])('leaves out %s', (css) => {
    expect(sanitizeStyle(css)).toBe(null);
  });

  it('reads what is written oddly, and lets the last one win', () => {
    const css =
      'COLOR:Red;color : #ABC !important;;; PADDING:1px/**/2px; background: url("a;b") #Fff no-repeat';
    expect(sanitizeStyle(css)).toBe('color: #abc; padding: 1px 2px; background-color: #fff;');
  });

  it('says what a layout has lost', () => {
    const { lost } = readStyle(
      'background: url(a); position: absolute; display: none; transform: rotate(3deg)',
    );
    expect(lost).toEqual({ pictures: 1, placed: 1, hidden: 1 });
  });

  it('knows what may stand on text', () => {
    expect([...textStyleOf(readStyle('color: red; padding: 1px').style)]).toEqual([['color', 'red']]);
  });

  it('gives itself back, whatever it was given, and ends in a second', () => {
    const pieces = fc.constantFrom(
      ...('color:margin:1px;#fff rgb(,)\\"\'/**/url(-9.%!important'.match(/.{1,4}/g) as string[]),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces).map((parts) => parts.join('')),
        ),
        (css) => {
          const once = sanitizeStyle(css);
          expect(sanitizeStyle(once)).toBe(once);
          expect(once ?? '').not.toMatch(/url|expression|[<>"'\\{}@]/);
        },
      ),
    );
    const begun = performance.now();
    sanitizeStyle(
      `margin: ${'1'.repeat(400)} ${'px '.repeat(150)}; color: rgb(${' ,'.repeat(400)}`.repeat(50),
    );
    expect(performance.now() - begun).toBeLessThan(1000);
  });

  it('is what a document is read with', () => {
    const style = 'position: fixed; color: red';
    const content = [
      { type: 'paragraph', attrs: { style } },
      { type: 'paragraph', attrs: { style: 'top: 0' } },
    ];
    const parsed = DraftDocument.parse({ type: 'doc', content });
    expect(parsed.content.map(({ attrs }) => attrs?.style)).toEqual(['color: red;', null]);
  });
});
