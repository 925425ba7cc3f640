import { type Brief, type BriefNumber, numbersOf } from '../domain/brief.ts';
import { mostFrozenIds } from '../domain/brief-evidence.ts';
import { evidenceMaterial } from '../domain/brief-maker.ts';
import { evaluateEvidence } from '../domain/brief-material.ts';
import { isDelicate, leastTold } from '../domain/brief-suppression.ts';
import { NotFound } from '../domain/errors.ts';
import { sha256 } from './create-brief.ts';
import { type BriefPorts, gatherMaterial } from './gather-brief.ts';

export interface OpenedEvidence {
  number: BriefNumber;
  /** As they were frozen, sorted; the first `mostFrozenIds` of them. */
  ids: string[];
  /** What the same question gives now; null for what is made of other numbers, and for what is not told any more (R16). */
  now: { value: number | null; total: number; added: number; gone: number; isSame: boolean } | null;
  /** For what is made of other numbers. */
  parts: BriefNumber[];
}

/**
 * What a number of a brief was counted from, and what has changed since. The frozen ones stay as they were.
 * @throws NotFound for a number that is none, or is not told (R16)
 */
export async function openEvidence(
  brief: Brief,
  numberId: string,
  ports: BriefPorts,
): Promise<OpenedEvidence> {
  const numbers = new Map([...numbersOf(brief.facts)].map((number) => [number.id, number]));
  const number = numbers.get(numberId);
  if (number === undefined) throw new NotFound('简报里没有这个数字。');
  if (number.suppressed !== undefined) throw new NotFound('这个数字不列出，也不能展开。');
  const { query, measure, digest, total } = number.evidence;
  if (query.of === 'derived') {
    const parts = query.numbers.map((id) => numbers.get(id)).filter((part) => part !== undefined);
    return { number, ids: [], now: null, parts };
  }
  const ids = (await ports.stores.briefs.readEvidence(brief.id, numberId)) ?? [];
  const { kind, subject } = brief.facts;
  const material = await gatherMaterial(query, { kind, subject }, ports);
  const found = evaluateEvidence(query, measure, material);
  // It was told because there were enough; fewer are not told now either (R16).
  if (isDelicate(query, number.label) && found.ids.length < leastTold) {
    return { number, ids: query.of === 'referred' ? [] : ids, now: null, parts: [] };
  }
  const isSame = sha256(evidenceMaterial(found.ids)) === digest;
  const frozen = new Set(ids);
  const present = new Set(found.ids);
  // Of more than are kept word for word, only how many more or fewer there are is known.
  const isWhole = (total ?? 0) <= mostFrozenIds;
  const grown = found.ids.length - (total ?? 0);
  const added = isWhole ? found.ids.filter((id) => !frozen.has(id)).length : Math.max(0, grown);
  const gone = isWhole ? ids.filter((id) => !present.has(id)).length : Math.max(0, -grown);
  // Of what was referred to those on duty no id leaves here.
  const shown = query.of === 'referred' ? [] : ids;
  const now = { value: found.value, total: found.ids.length, added, gone, isSame };
  return { number, ids: shown, now, parts: [] };
}
