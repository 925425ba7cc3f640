import { asideOf, turnsFirst } from './tone-openers.ts';
import { type Clause, findForms } from './tone-phrases.ts';

interface Said {
  total: number;
  evidence: number;
  turns: number;
}

const beforeTurn = 0.3;
const afterTurn = 1.4;
/** A turn turns away from what stands just before it, not from all that was ever said. */
const turnedClauses = 2;
const sentenceEnd = /[。.!?！？;；\n]$/;

/** 好看是好看, 失望归失望: granted. */
function grants(text: string): boolean {
  for (let at = 1; at + 1 < text.length; at += 1) {
    const middle = text[at];
    if ((middle === '是' || middle === '归') && text[at - 1] === text[at + 1]) return true;
    if ((middle === '是' || middle === '归') && at > 1 && text[at - 2] === text[at + 1]) return true;
  }
  return false;
}

/** How much a clause weighs once something else follows in its sentence. */
function shareAside(clause: Clause): number {
  const opener = asideOf.get(clause.first) ?? 1;
  return Math.abs(clause.value) > 0 && grants(clause.text) ? 0.1 : opener;
}

function isTurn(clause: Clause): boolean {
  return turnsFirst.has(clause.first) || clause.contrasts;
}

/** Puts the clauses together: turns, concessions, other people's opinions, set phrases, irony. */
export function discourse(clauses: readonly Clause[], faults: number): Said {
  const said: Said = { total: 0, evidence: 0, turns: 0 };
  const values = new Float64Array(clauses.length);
  let share = 1;
  let isFirst = true;
  for (let at = 0; at < clauses.length; at += 1) {
    const clause = clauses[at] as Clause;
    const found = findForms(clause);
    let value = found.value;
    said.evidence += found.evidence;
    said.turns += found.turns;
    if (!isFirst && isTurn(clause)) {
      for (let back = Math.max(0, at - turnedClauses); back < at; back += 1)
        values[back] = (values[back] ?? 0) * beforeTurn;
      share = afterTurn;
      said.turns += 1;
    }
    const ends = sentenceEnd.test(clause.text);
    const aside = ends || at === clauses.length - 1 || value === 0 ? 1 : shareAside(clause);
    if (aside !== 1) {
      value *= aside;
      said.turns += 1;
    }
    values[at] = value * share;
    isFirst = ends;
    if (ends) share = 1;
  }
  let praise = 0;
  for (const value of values) {
    said.total += value;
    if (value > 0) praise += value;
  }
  return heardIrony(clauses, faults, praise, said);
}

/** Praise that is often meant the other way round. */
const mockPraise =
  /真行|真棒|好样的|真会|不愧|喜提|佩服|好家伙|厉害|多亏|能耐|太有才|给力|绝了|呵呵|感谢|谢谢|恭喜|贴心|优秀|周到|牛|真好|挺会|鼓掌|好一个|极了|可真/;
/** Who helped is really thanked, whatever was broken. */
const realThanks =
  /修好|帮|解决|处理好|陪|送|耐心|及时|很快|马上|第一时间|终于|搞定|找回|辛苦|半夜|冒雨|热情|细心|师傅|志愿者/;

/** 真棒，又停水: praise beside a fault, and nobody who helped. 反话 says it outright. */
function heardIrony(clauses: readonly Clause[], faults: number, praise: number, said: Said): Said {
  if (clauses.some(({ text }) => text.includes('反话')))
    return { total: -Math.abs(said.total) - 1, evidence: said.evidence + 1, turns: said.turns + 1 };
  if (faults === 0 || said.total < -2) return said;
  const whole = clauses.map(({ text }) => text).join('');
  if (!mockPraise.test(whole) || realThanks.test(whole)) return said;
  return { total: said.total - 1.6 * praise - 1, evidence: said.evidence + 1, turns: said.turns + 1 };
}
