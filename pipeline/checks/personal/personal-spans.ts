import { normalise } from '../../text/normalise.ts';
import { findPersonalHits } from '../../text/personal/personal-hits.ts';
import { sourceSpan } from '../../text/spans.ts';
import { findColumnValues } from './personal-columns.ts';
import type { PersonalSpan } from './personal-kind.ts';
import { findStatuses } from './personal-status.ts';

const most = 5000;
const labelledStudent = /(?:学号|学籍号|考生号|准考证号)[为是:：\s(（]{0,3}([0-9a-z]{6,18})(?![0-9a-z*])/giu;

function findLabelled(text: string): PersonalSpan[] {
  return [...text.matchAll(labelledStudent)].map((match) => {
    const end = match.index + match[0].length;
    return { kind: 'student-number', start: end - (match[1] ?? '').length, end, isNamed: true };
  });
}

/** What the forms say counts before what a column's head says. */
function withoutOverlap(spans: readonly PersonalSpan[]): PersonalSpan[] {
  const kept: PersonalSpan[] = [];
  let reach = 0;
  const ranked = spans.map((span, rank) => ({ span, rank }));
  ranked.sort((a, b) => a.span.start - b.span.start || a.rank - b.rank);
  for (const { span } of ranked) {
    if (span.start < reach) continue;
    kept.push(span);
    reach = span.end;
  }
  return kept;
}

/**
 * What belongs to a person in a text of the school's own, in order, without overlap. Linear in the text.
 * @param studentNumberPattern as the school has named it: see the stage of that name
 */
export function findPersonalSpans(text: string, studentNumberPattern: string | null): PersonalSpan[] {
  const normalised = normalise(text);
  const hits = findPersonalHits(normalised.text, { isOwn: true, studentNumberPattern, most });
  const byForm = hits.map(
    ({ kind, isNamed, ...span }): PersonalSpan => ({
      kind,
      isNamed,
      ...sourceSpan(normalised, text, span),
    }),
  );
  return withoutOverlap([...byForm, ...findLabelled(text), ...findColumnValues(text), ...findStatuses(text)]);
}
