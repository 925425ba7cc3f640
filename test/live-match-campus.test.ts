import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DraftContent } from '../pipeline/domain/draft-content.ts';
import type { DraftNode } from '../pipeline/domain/draft-document.ts';
import { type Comparison, comparePublished, isSame } from '../pipeline/domain/live-compare.ts';
import { normaliseDraft } from '../pipeline/domain/normal-form.ts';
import {
  type DraftTemplate,
  draftTemplates,
  type Handling,
  readDraftPage,
  renderDraftPage,
} from './campus/draft-pages.ts';

const hash = (letter: string) => letter.repeat(64);
const text = (value: string, href?: string): DraftNode => ({
  ...{ type: 'text', text: value },
  ...(href === undefined ? {} : { marks: [{ type: 'link' as const, attrs: { href, title: null } }] }),
});
const block = (type: string, ...content: DraftNode[]): DraftNode => ({ type, content });
const p = (...runs: (string | DraftNode)[]) =>
  block('paragraph', ...runs.map((run) => (typeof run === 'string' ? text(run) : run)));
const row = (...cells: string[]) => block('tableRow', ...cells.map((cell) => block('tableCell', p(cell))));
const items = (type: string, start: number, ...lines: string[]): DraftNode => ({
  ...{ type, attrs: type === 'orderedList' ? { start } : {} },
  content: lines.map((line) => block('listItem', p(line))),
});

/** Of everything that a notice may hold. */
const content = DraftContent.parse({
  title: '关于举办2026年“沧澜杯”大学生AI创新大赛的通知',
  document: {
    type: 'doc',
    content: [
      p('各学院、各单位：'),
      p(
        '为激发创新活力，经研究，定于2026年12月5日（周六）举办“沧澜杯”AI创新大赛，预算3.5万元——欢迎师生报名。',
      ),
      { type: 'heading', attrs: { level: 2 }, content: [text('一、赛程与奖项')] },
      block(
        'section',
        block(
          'section',
          p(
            '报名网址为',
            text('大赛网站', 'https://www.canglan.example/info/1031/3990.htm'),
            '，规则见',
            text('省教育厅通知', 'https://jyt.example.gov.cn/col/a.html?id=5521'),
            '。',
          ),
        ),
      ),
      { type: 'image', attrs: { hash: hash('a'), alt: '大赛海报' } },
      {
        type: 'table',
        content: [row('奖项', '名额', '奖金'), row('一等奖', '1', '5000元'), row('二等奖', '3', '2000元')],
      },
      items('orderedList', 1, '每队不超过5人；', '作品于11月30日24:00前提交。'),
      items('bulletList', 1, '指导教师限2名', 'Web App 与 Python 作品均可'),
      p('联系人：陈老师，0300-5500216；QQ群：沧澜AI·2026。'),
      { type: 'image', attrs: { hash: hash('b'), alt: null } },
      p('附件：1.报名表'),
      p('2.评分标准'),
      p('教务处　团委'),
      p('2026年11月20日'),
    ],
  },
  attachments: [
    { hash: hash('c'), name: '附件1：报名表.docx', bytes: 10 },
    { hash: hash('d'), name: '评分标准(2026版).pdf', bytes: 10 },
  ],
});

const plain: Handling = {
  ...{ reflow: 'paragraphs', entities: 'none', blanks: 'none', wrapper: 'none' },
  ...{ images: 'plain', links: 'absolute', lists: 'list', furniture: 'none' },
};
const choices: { [K in keyof Handling]: readonly Handling[K][] } = {
  reflow: ['paragraphs', 'breaks', 'spans', 'word', 'divs'],
  entities: ['none', 'named', 'numbers'],
  blanks: ['none', 'indent', 'pangu', 'zero-width'],
  wrapper: ['none', 'sections', 'cell'],
  images: ['plain', 'lazy', 'original', 'vsb', 'renamed'],
  links: ['absolute', 'own-relative', 'no-scheme', 'tracked'],
  lists: ['list', 'written'],
  furniture: ['none', 'around', 'files-in-text'],
};
const handlings = fc.record({
  ...{ reflow: fc.constantFrom(...choices.reflow), entities: fc.constantFrom(...choices.entities) },
  ...{ blanks: fc.constantFrom(...choices.blanks), wrapper: fc.constantFrom(...choices.wrapper) },
  ...{ images: fc.constantFrom(...choices.images), links: fc.constantFrom(...choices.links) },
  ...{ lists: fc.constantFrom(...choices.lists), furniture: fc.constantFrom(...choices.furniture) },
});
const templates = fc.constantFrom(...draftTemplates);

function compare(
  approved: DraftContent,
  onLine: DraftContent,
  template: DraftTemplate,
  handling: Handling,
): Comparison {
  const page = renderDraftPage(onLine, template, handling);
  return comparePublished(normaliseDraft(approved, 'published'), readDraftPage(page, template));
}

describe('an approved draft, put on line as it was approved', () => {
  it.each(draftTemplates)('is the same by every single handling in %s', (template) => {
    for (const [name, values] of Object.entries(choices)) {
      for (const value of values) {
        const compared = compare(content, content, template, { ...plain, [name]: value });
        expect.soft(isSame(compared), `${name} ${value} ${JSON.stringify(compared)}`).toBe(true);
      }
    }
  });

  it('is the same by any handlings together', () => {
    fc.assert(
      fc.property(templates, handlings, (template, handling) => {
        const compared = compare(content, content, template, handling);
        expect(isSame(compared), JSON.stringify(compared)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});

/** One place of the draft where a sign can be changed, and how to write it. */
interface Place {
  part: 'title' | 'text' | 'link' | 'attachment';
  read(from: DraftContent): string;
  write(into: DraftContent, value: string): void;
}

function textNodes(nodes: readonly DraftNode[]): DraftNode[] {
  return nodes.flatMap((node) => (node.text === undefined ? textNodes(node.content ?? []) : [node]));
}

const hrefOf = (node: DraftNode | undefined) => {
  const link = node?.marks?.find((one) => one.type === 'link');
  return link?.type === 'link' ? link.attrs : null;
};

function placesOf(draft: DraftContent): Place[] {
  const at = (from: DraftContent, i: number) => textNodes(from.document.content)[i];
  const places = textNodes(draft.document.content).flatMap((node, i): Place[] => {
    const text: Place = {
      part: 'text',
      read: (from) => at(from, i)?.text ?? '',
      write: (into, value) => void Object.assign(at(into, i) ?? {}, { text: value }),
    };
    const target = hrefOf(node);
    if (target === null) return [text];
    const origin = `${new URL(target.href).origin}/`;
    const link: Place = {
      part: 'link',
      read: (from) => hrefOf(at(from, i))?.href.slice(origin.length) ?? '',
      write: (into, value) => void Object.assign(hrefOf(at(into, i)) ?? {}, { href: origin + value }),
    };
    return [text, link, link];
  });
  const files = draft.attachments.map(
    (_, i): Place => ({
      part: 'attachment',
      read: (from) => from.attachments[i]?.name ?? '',
      write: (into, value) => void Object.assign(into.attachments[i] ?? {}, { name: value }),
    }),
  );
  const title: Place = {
    part: 'title',
    read: (from) => from.title,
    write: (into, value) => void Object.assign(into, { title: value }),
  };
  return [title, title, ...places, ...files, ...files];
}

const signs = {
  link: [...'0123456789abxyz_-'],
  other: [...'0123456789零一三十日曰未末己已，。、；：:,.!？“”（）()%Aaz万元'],
};
const edits = fc.record({
  ...{ place: fc.nat(), at: fc.nat(), sign: fc.nat() },
  how: fc.constantFrom('replace', 'insert', 'delete'),
});

/** The draft with one sign changed; null where that changes nothing to a reader's eye. */
function editOnce(edit: { place: number; at: number; sign: number; how: string }) {
  const places = placesOf(content);
  const place = places[edit.place % places.length];
  if (place === undefined) return null;
  const before = [...place.read(content)];
  const at = edit.at % before.length;
  const pool = place.part === 'link' ? signs.link : signs.other;
  const sign = pool[edit.sign % pool.length] ?? '';
  if (/\s/.test(before[at] ?? '') || (edit.how === 'replace' && before[at] === sign)) return null;
  const after = before.toSpliced(at, edit.how === 'insert' ? 0 : 1, ...(edit.how === 'delete' ? [] : [sign]));
  const edited = structuredClone(content);
  place.write(edited, after.join(''));
  return { edited, part: place.part, says: `${place.part}: ${before.join('')} → ${after.join('')}` };
}

describe('one sign changed after approval', () => {
  it('is seen wherever it stands, whatever else was done to the page', () => {
    let looked = 0;
    fc.assert(
      fc.property(edits, templates, handlings, (edit, template, handling) => {
        const made = editOnce(edit);
        if (made === null) return;
        looked += 1;
        const compared = compare(content, made.edited, template, handling);
        // Where a platform has no place for files, their names cannot be compared, and that is said.
        const isUnseen = made.part === 'attachment' && template.startsWith('wechat');
        if (isUnseen) expect(compared.attachments.result).toBe('not-compared');
        else expect(isSame(compared), `${made.says} ${JSON.stringify(compared)}`).toBe(false);
      }),
      { numRuns: 300 },
    );
    expect(looked).toBeGreaterThan(150);
  });

  it('is shown by words, and nothing else is', () => {
    const edited = structuredClone(content);
    const node = textNodes(edited.document.content).find(({ text: said }) => said === '5000元');
    Object.assign(node ?? {}, { text: '8000元' });
    const { changes } = compare(content, edited, 'vsb', { ...plain, furniture: 'around', reflow: 'breaks' });
    expect(changes.text.filter(({ kind }) => kind !== 'kept')).toEqual([
      { kind: 'removed', text: '5000' },
      { kind: 'added', text: '8000' },
    ]);
  });
});
