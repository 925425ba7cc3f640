import type { DocketEntry } from '../domain/docket.ts';
import { type PublicWish, publicWishNames } from '../domain/public-request.ts';
import { type RemovalGround, removalGroundNames } from '../domain/removal.ts';
import type { Stores } from '../ports/index.ts';

export interface FigurePorts {
  stores: Pick<Stores, 'docket' | 'oversight' | 'leads'>;
}

/** The yearly counts (R14): totals, no target, no ranking, nothing by unit or tone (R7). Recomputed from what is stored. */
export interface PublicFigures {
  year: number;
  rows: [name: string, value: string][];
}

/** A breakdown that could reveal a person is told from this number on. */
const leastTold = 10;

const told = (count: number) => (count > 0 && count < leastTold ? `少于 ${leastTold}` : String(count));

export async function countPublicFigures(year: number, { stores }: FigurePorts): Promise<PublicFigures> {
  const { docket, oversight, leads } = stores;
  const [figures, lawful, removals, requests, byHand] = await Promise.all([
    oversight.countYear(year),
    docket.listYear('lawful-request', year),
    docket.listYear('removal', year),
    docket.listYear('public-request', year),
    leads.countYear(year, ['open', 'victim', 'safety']),
  ]);
  const { items, cases, answered, medianHours } = figures;
  return {
    year,
    rows: [
      ['学校发布的文章与微博', String(items.article + items.status)],
      ['评论', String(items.comment)],
      ['人工登记的线索', String(byHand.reduce((sum, { registered }) => sum + registered, 0))],
      ['需要人处理的事项', String(cases)],
      ['其中已答复、转办或更正', String(answered)],
      ['作出处理的时间（中位数）', medianHours === null ? '无' : `${medianHours} 小时`],
      ...countRemovals(removals),
      ...countLawful(lawful),
      ...countRequests(requests),
    ],
  };
}

function countRemovals(entries: readonly DocketEntry<'removal'>[]): PublicFigures['rows'] {
  const done = entries.filter(({ facts }) => facts.done !== null);
  const appeals = done.filter(({ facts }) => facts.appeal !== null);
  const upheld = appeals.filter(({ facts }) => facts.appeal?.outcome === 'upheld');
  const grounds = Object.keys(removalGroundNames) as RemovalGround[];
  return [
    ['依法处置（由人在平台上完成）', String(done.length)],
    ...grounds.map((ground): [string, string] => [
      `　${removalGroundNames[ground]}`,
      told(done.filter(({ facts }) => facts.ground === ground).length),
    ]),
    ['依法处置未获同意', String(entries.filter(({ facts }) => facts.state === 'refused').length)],
    ['对处置的申诉', String(appeals.length)],
    ['　申诉成立', told(upheld.length)],
  ];
}

function countLawful(entries: readonly DocketEntry<'lawful-request'>[]): PublicFigures['rows'] {
  const disclosed = entries.filter(({ facts }) => facts.disclosure !== null);
  const provided = disclosed.reduce((sum, { facts }) => sum + (facts.disclosure?.provided.length ?? 0), 0);
  const refused = entries.filter(({ moves }) => moves.some(({ kind }) => kind === 'refused'));
  return [
    ['机关依法调取的书面要求', String(entries.length)],
    ['　已提供', String(disclosed.length)],
    ['　提供的内容条数', told(provided)],
    ['　不予提供', String(refused.length)],
  ];
}

function countRequests(entries: readonly DocketEntry<'public-request'>[]): PublicFigures['rows'] {
  const wishes = Object.keys(publicWishNames) as PublicWish[];
  const outcome = (wanted: string) => entries.filter(({ facts }) => facts.outcome === wanted).length;
  return [
    ['异议与更正申请', String(entries.length)],
    ...wishes.map((wish): [string, string] => [
      `　${publicWishNames[wish]}`,
      told(entries.filter(({ facts }) => facts.wish === wish).length),
    ]),
    ['　同意', String(outcome('granted'))],
    ['　部分同意', String(outcome('partly'))],
    ['　未同意（已说明理由）', String(outcome('refused'))],
    ['　更正并公开说明', String(entries.filter(({ facts }) => facts.correction !== null).length)],
  ];
}
