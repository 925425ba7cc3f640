import { noAnswer, type ParseContext, type ParsedResponse } from '../parsed.ts';
import { readAddress } from './addresses.ts';
import { refused, type WeiboAnswer } from './answer.ts';
import { type Fields, fieldsOf } from './fields.ts';
import { findEmbeddedStatus } from './page.ts';
import { describeRefusal, findRefusal, judgeHtml } from './refusal.ts';
import { parseSafeJson } from './safe-json.ts';
import { readShape } from './shapes.ts';

/** Reads one answer, whatever it is. Pure; never throws; hands on nothing that tells of a person (R2). */
export function readAnswer(text: string, context: ParseContext): WeiboAnswer {
  const trimmed = text.replace(/^\ufeff/, '').trim();
  if (trimmed === '') return refused({ cause: 'unknown', code: 'an empty answer' });
  const body = parseBody(trimmed);
  return body === undefined ? readPage(trimmed, context) : readBody(body, context);
}

/** The same, of JSON that has been parsed already, its long numbers as text. */
export function readBody(body: unknown, context: ParseContext): WeiboAnswer {
  const fields = fieldsOf(body);
  const refusal = fields === null ? null : findRefusal(fields);
  if (refusal !== null) return refused(refusal);
  return readShape(body, context) ?? refused({ cause: 'unknown', code: describeKind(fields, body) });
}

/** As `guanlan parse` prints it. */
export function parseWeibo(text: string, context: ParseContext): ParsedResponse {
  const { state, items, next, total, objected, refusal, unreadable, foreign } = readAnswer(text, context);
  if (refusal !== null) return noAnswer(state, describeRefusal(refusal));
  const notes = [
    ...(unreadable > 0 ? [`${unreadable} entries could not be read`] : []),
    ...(foreign > 0 ? [`${foreign} entries of other accounts left out`] : []),
  ];
  const answer = { state, items, next, total, objected };
  return notes.length === 0 ? answer : { ...answer, reason: notes.join('; ') };
}

/** JSON, also within a call-back (JSONP); undefined for anything else. */
function parseBody(text: string): unknown {
  const called = /^(?:window\.\w+\s*&&\s*|try\s*\{\s*)?[\w$.]{1,60}\(([[{][\s\S]*[\]}])\)\s*;?/.exec(text);
  const json = called?.[1] ?? text;
  if (!/^[[{]/.test(json)) return undefined;
  try {
    return parseSafeJson(json);
  } catch {
    return undefined;
  }
}

function readPage(text: string, context: ParseContext): WeiboAnswer {
  if (/^[[{]/.test(text)) return refused({ cause: 'unknown', code: 'broken JSON, cut off perhaps' });
  const found = findEmbeddedStatus(text);
  const answer = found === null ? null : readShape(found, context);
  if (answer !== null) return answer;
  const refusal = judgeHtml(text);
  const turnedAway = refusal.cause === 'unknown' && /^</.test(text) && readAddress(context.url).isData;
  return refused(turnedAway ? { cause: 'banned', code: refusal.code } : refusal);
}

function describeKind(fields: Fields | null, body: unknown): string {
  if (fields !== null) return 'an object of no known kind';
  return Array.isArray(body) ? 'a list of no known kind' : 'neither object nor list';
}
