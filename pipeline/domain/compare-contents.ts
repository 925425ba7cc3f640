import type { DraftContent, DraftImage } from './draft-content.ts';
import { type FlatDocument, flattenDocument } from './flatten-document.ts';
import { compareTexts, type WordRun } from './word-runs.ts';

/** What is different in a later version of a draft. `others`: in Chinese, one sentence each, what is no text. */
export interface ContentComparison {
  title: WordRun[];
  body: WordRun[];
  others: string[];
}

const yes = (value: boolean) => (value ? '是' : '否');
const genres = {
  news: '新闻',
  notice: '通知',
  publicity: '公示',
  recruiting: '招生招聘',
  statement: '声明',
  other: '其他',
};
const sources = { original: '原创', reprint: '转载', compiled: '编写' };
const aiUses = { none: '未使用', assisted: '辅助', generated: '生成' };
const licences = {
  own: '自有',
  licensed: '已授权',
  'public-domain': '公有领域',
  'with-consent': '经同意',
  unknown: '未说明',
};

type Facts = [name: string, value: string | null][];

/** Everything beside title and text, by what a person calls it. */
function factsOf({ genre, channels, plannedAt, source, declarations }: DraftContent): Facts {
  const { ai, personalData, publicity, secrecy } = declarations;
  return [
    ['体裁', genres[genre]],
    ['渠道', [...channels].sort().join('、') || null],
    ['拟发布时间', plannedAt],
    ['来源', sources[source.kind]],
    ['来源单位', source.from],
    ['来源地址', source.url],
    ['人工智能使用', aiUses[ai.use]],
    ['人工智能标识', ai.labelled],
    ['含个人信息', yes(personalData.contains)],
    ['个人信息公开依据', personalData.basis],
    ['个人信息已脱敏', yes(personalData.masked)],
    ['公示期', publicity === null ? null : `${publicity.from} 至 ${publicity.until}`],
    ['保密审查', yes(secrecy.reviewed)],
    ['保密审查意见', secrecy.opinion],
  ];
}

function imageFacts(image: DraftImage): Facts {
  return [
    ['来源', image.source],
    ['授权', licences[image.licence]],
    ['授权期限', image.licenceUntil],
    ['含地图', yes(image.showsMap)],
    ['审图号', image.mapNumber],
    ['人工智能生成', yes(image.aiGenerated)],
    ['名称', image.name],
  ];
}

const told = (value: string | null) => (value === null || value === '' ? '（空）' : `“${value}”`);

function compareFacts(before: Facts, after: Facts, of = ''): string[] {
  const was = new Map(before);
  return after
    .filter(([name, value]) => was.get(name) !== value)
    .map(([name, value]) => `${of}${name}：${told(was.get(name) ?? null)} → ${told(value)}`);
}

type Places = Map<string, string | null>;

/** What is only in one of them, as often as it is there more. */
function differences(
  before: readonly string[],
  after: readonly string[],
): { gone: string[]; fresh: string[] } {
  const left = new Map<string, number>();
  for (const one of before) left.set(one, (left.get(one) ?? 0) + 1);
  const fresh = after.filter((one) => {
    const count = left.get(one) ?? 0;
    left.set(one, count - 1);
    return count <= 0;
  });
  const gone = [...left].flatMap(([one, count]) => Array.from({ length: Math.max(0, count) }, () => one));
  return { gone, fresh };
}

function compareImages(before: DraftContent, after: DraftContent, [was, is]: [FlatDocument, FlatDocument]) {
  const known = new Map([...before.images, ...after.images].map((image) => [image.hash, image]));
  const nameOf = (hash: string) => `“${known.get(hash)?.name ?? '未登记'}”`;
  const { gone, fresh } = differences(
    was.images.map(({ hash }) => hash),
    is.images.map(({ hash }) => hash),
  );
  const altsOf = ({ images }: FlatDocument): Places => new Map(images.map(({ hash, alt }) => [hash, alt]));
  const [altsBefore, altsAfter] = [altsOf(was), altsOf(is)];
  const alts = [...altsAfter]
    .filter(([hash, alt]) => altsBefore.has(hash) && altsBefore.get(hash) !== alt)
    .map(
      ([hash, alt]) => `图片${nameOf(hash)}替代文字：${told(altsBefore.get(hash) ?? null)} → ${told(alt)}`,
    );
  const facts = after.images.flatMap((image) => {
    const earlier = before.images.find(({ hash }) => hash === image.hash);
    return earlier === undefined
      ? []
      : compareFacts(imageFacts(earlier), imageFacts(image), `图片“${image.name}”`);
  });
  const moved =
    gone.length + fresh.length === 0 && !isSameOrder(was.images, is.images) ? ['图片的位置有变化'] : [];
  return [
    ...gone.map((hash) => `去掉图片${nameOf(hash)}`),
    ...fresh.map((hash) => `新增图片${nameOf(hash)}`),
    ...moved,
    ...alts,
    ...facts,
  ];
}

const isSameOrder = (before: FlatDocument['images'], after: FlatDocument['images']) =>
  before.every(({ hash }, i) => after[i]?.hash === hash);

function compareLinks(was: FlatDocument, is: FlatDocument): string[] {
  const linksOf = ({ links, text }: FlatDocument) =>
    links.map(({ href, start, end }) => `“${text.slice(start, end)}”（${href}）`);
  const { gone, fresh } = differences(linksOf(was), linksOf(is));
  return [...gone.map((link) => `去掉链接${link}`), ...fresh.map((link) => `新增链接${link}`)];
}

function compareAttachments(before: DraftContent, after: DraftContent): string[] {
  const gone = before.attachments.filter(({ hash }) => after.attachments.every((one) => one.hash !== hash));
  const fresh = after.attachments.filter(({ hash }) => before.attachments.every((one) => one.hash !== hash));
  const renamed = after.attachments.flatMap(({ hash, name }) => {
    const earlier = before.attachments.find((one) => one.hash === hash);
    return earlier === undefined || earlier.name === name ? [] : [`附件改名：“${earlier.name}” → “${name}”`];
  });
  return [
    ...gone.map(({ name }) => `去掉附件“${name}”`),
    ...fresh.map(({ name }) => `新增附件“${name}”`),
    ...renamed,
  ];
}

export function compareContents(before: DraftContent, after: DraftContent): ContentComparison {
  const [was, is] = [flattenDocument(before.document), flattenDocument(after.document)];
  const body = compareTexts(was.text, is.text);
  const images = compareImages(before, after, [was, is]);
  const links = compareLinks(was, is);
  const isSameRead = was.text === is.text && images.length + links.length === 0;
  const looks = isSameRead && JSON.stringify(before.document) !== JSON.stringify(after.document);
  return {
    title: compareTexts(before.title, after.title),
    body,
    others: [
      ...(looks ? ['文字未变，版式有变化'] : []),
      ...images,
      ...links,
      ...compareAttachments(before, after),
      ...compareFacts(factsOf(before), factsOf(after)),
    ],
  };
}
