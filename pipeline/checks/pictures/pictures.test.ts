import { describe, expect, it } from 'vitest';
import { checkInput } from '../../../test/builders/check-input.ts';
import type { CheckInput, ReadImage } from '../../domain/check.ts';
import { Declarations, DraftImage } from '../../domain/draft-content.ts';
import { buildAiLabelStage } from './ai-label.ts';
import { buildPicturesStage } from './pictures.ts';

const hash = 'd'.repeat(64);

function picture(image: Partial<DraftImage> = {}, read: Partial<ReadImage> = {}): ReadImage {
  const fields = {
    hash,
    name: '开幕式.jpg',
    mime: 'image/jpeg',
    bytes: 9,
    source: '王某 摄',
    licence: 'own',
  };
  return {
    image: DraftImage.parse({ ...fields, ...image }),
    ...{ alt: '开幕式上的方阵', at: 0, codes: [], text: '', notes: [], facts: [] },
    ...read,
  };
}

const rules = (image: Partial<DraftImage>, read: Partial<ReadImage> = {}, change: Partial<CheckInput> = {}) =>
  buildPicturesStage()
    .run(checkInput({ images: [picture(image, read)], ...change }))
    .findings.map(({ rule, level }) => `${rule} ${level}`);

describe('pictures', () => {
  it('nothing of one that is declared', () => {
    expect(rules({})).toEqual([]);
  });

  it.each<[string, Partial<DraftImage>, string[]]>([
    ['unknown licence', { licence: 'unknown' }, ['licence-unknown warn']],
    ['no source', { licence: 'licensed', source: ' ' }, ['source-missing warn']],
    ['no author', { source: null }, ['author-missing warn']],
    ['licence over on the day', { licenceUntil: '2026-11-22' }, ['licence-over warn']],
    ['licence to the day', { licenceUntil: '2026-11-23' }, []],
    ['map without number', { showsMap: true }, ['number-missing block']],
    ['map with something else', { showsMap: true, mapNumber: '2024-0650' }, ['number-malformed block']],
    ['map with its number', { showsMap: true, mapNumber: 'GS（2024）0650号' }, []],
    ['map of a province', { showsMap: true, mapNumber: '冀S(2024)012号' }, []],
    ['map by a city office', { showsMap: true, mapNumber: '审图号：GS京（2023）0012号' }, []],
    ['may be a map', { name: '生源分布图.png' }, ['may-be-map info']],
    ['a plan of the campus', { name: '校园地图.png' }, []],
  ])('%s', (_, image, expected) => {
    expect(rules(image)).toEqual(expected);
  });

  it('a map number in the picture', () => {
    expect(rules({}, { text: '审图号：GS（2024）0650号' })).toEqual(['looks-like-map warn']);
  });

  it('what it tells of its origin', () => {
    const facts = [
      { kind: 'position' as const, part: null, detail: null },
      { kind: 'device' as const, part: null, detail: '作者 王**' },
      { kind: 'ai-made' as const, part: null, detail: 'AIGC 标识' },
    ];
    expect(rules({}, { facts })).toEqual(['position warn', 'device-owner warn', 'ai-undeclared warn']);
    expect(rules({ aiGenerated: true }, { facts: facts.slice(2) })).toEqual([]);
  });

  it('those without words are one finding; decoration needs none', () => {
    const images = [null, '图片1', 'IMG_2024.jpg', '', '开幕式'].map((alt) => picture({}, { alt }));
    const { findings } = buildPicturesStage().run(checkInput({ images }));
    expect(findings.map(({ rule, message }) => [rule, message.slice(0, 6)])).toEqual([
      ['alt-missing', '有 3 张图'],
    ]);
  });

  it('what was not read is said', () => {
    const images = [picture({}, { text: null, notes: ['图中文字未检查'] })];
    const { unchecked } = buildPicturesStage().run(checkInput({ images }));
    expect(unchecked).toEqual([
      { stage: 'pictures', part: hash, reason: '图片“开幕式.jpg”：图中文字未检查' },
    ]);
  });
});

describe('what a machine made', () => {
  const ai = (use: string, labelled: string | null = null) => ({
    declarations: Declarations.parse({ ai: { use, labelled } }),
  });
  const found = (change: Partial<CheckInput>) =>
    buildAiLabelStage()
      .run(checkInput(change))
      .findings.map(({ rule, level }) => `${rule} ${level}`);

  it('is labelled, where readers see it', () => {
    expect(found(ai('generated'))).toEqual(['label-missing block']);
    expect(found(ai('generated', '文末标注'))).toEqual(['label-not-shown warn']);
    expect(found({ ...ai('generated', '文末标注'), body: '（本文由人工智能辅助生成）' })).toEqual([]);
    expect(found({ images: [picture({ aiGenerated: true })] })).toEqual(['label-missing block']);
    expect(found(ai('assisted'))).toEqual([]);
  });

  it('is declared', () => {
    expect(found({ body: '封面图片由AI生成。' })).toEqual(['undeclared warn']);
    expect(found({ body: '学院举办人工智能生成技术讲座。' })).toEqual([]);
  });
});
