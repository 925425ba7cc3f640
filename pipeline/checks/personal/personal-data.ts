import { createHash } from 'node:crypto';
import type { CheckFinding, CheckInput, CheckLevel } from '../../domain/check.ts';
import type { CheckStage } from '../check-stage.ts';
import { type ReadableText, textPartsOf } from '../text-parts.ts';
import { readSections, sectionAt, type TextSection } from '../text-sections.ts';
import { questionKey } from '../text-stage.ts';
import { maskPersonal } from './mask-personal.ts';
import type { DraftPersonalKind, PersonalSpan } from './personal-kind.ts';
import { findPersonalSpans } from './personal-spans.ts';
import { adviseOn, personalNames, weighPersonal } from './weigh-personal.ts';

const name = 'personal-data';
const version = '1';

/** So many of a kind are shown one by one in the running text, each with what to write instead; then they are one finding. */
const mostOneByOne = 30;

/** Findings of one kind and level in one part of a text. */
interface Group {
  kind: DraftPersonalKind;
  level: CheckLevel;
  section: TextSection;
  spans: PersonalSpan[];
}

function groupSpans({ part, text }: ReadableText, input: CheckInput, pattern: string | null): Group[] {
  const spans = findPersonalSpans(text, pattern);
  if (spans.length === 0) return [];
  const sections = part === 'attachment' ? readSections(text) : [];
  const isRunningText = part === 'title' || part === 'body';
  const mobiles = spans.filter(({ kind }) => kind === 'mobile-number').length;
  const groups = new Map<string, Group>();
  for (const span of spans) {
    const level = weighPersonal(span, { text, input, isRunningText, mobiles });
    if (level === null) continue;
    const section = sectionAt(text, sections, span.start);
    const key = JSON.stringify([span.kind, level, section]);
    const group = groups.get(key) ?? { kind: span.kind, level, section, spans: [] };
    group.spans.push(span);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function whereIn({ name: part, isHidden }: TextSection): string {
  if (part === '') return isHidden ? '（在隐藏、已删除的文字里，读者仍可取得）' : '';
  return isHidden ? `（在“${part}”的隐藏内容里，读者仍可取得）` : `（在“${part}”）`;
}

/** Of all of them together: enough to notice that one stands in another's place, far too little to tell whose. */
function traceOf(values: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(values.toSorted())).digest('hex').slice(0, 2);
}

/**
 * What blocks is let through by its key: another file, one more, or another person's in its place is a new question. A report that is
 * kept holds nothing of a person.
 */
function keyOf({ kind, level, spans }: Group, { part, ref, text }: ReadableText): string {
  if (level !== 'block') return questionKey(name, kind, part);
  const values = spans.map(({ start, end }) => text.slice(start, end));
  return `${questionKey(name, kind, part, ref ?? '')}:${spans.length}:${traceOf(values)}`;
}

function describe(group: Group): string {
  const { kind, spans, section } = group;
  const count = spans.length > 1 ? ` ${spans.length} 处` : '';
  return `疑似公布了${personalNames[kind]}${count}${whereIn(section)}。${adviseOn(kind)}`;
}

function buildFindings(group: Group, readable: ReadableText): CheckFinding[] {
  const { kind, level, spans } = group;
  const { part, ref, text } = readable;
  const isRunningText = part === 'title' || part === 'body';
  const isOneByOne = isRunningText && spans.length <= mostOneByOne;
  return (isOneByOne ? spans : spans.slice(0, 1)).map(({ start, end }) => {
    const masked = maskPersonal(kind, text.slice(start, end));
    return {
      category: 'personal-data',
      level,
      ...{ stage: name, rule: kind, version },
      place: { part, ref, start, end },
      text: masked,
      suggestion: isOneByOne && kind !== 'status' ? masked : null,
      message: describe(group),
      key: keyOf(group, readable),
    };
  });
}

/**
 * What belongs to a person and would be published, with the form that notices show it in. In files one finding for each kind and
 * part, with the count.
 */
export function buildPersonalDataStage(options: { studentNumberPattern: string | null }): CheckStage {
  return {
    name,
    version,
    run: (input) => ({
      findings: textPartsOf(input).flatMap((readable) =>
        groupSpans(readable, input, options.studentNumberPattern).flatMap((group) =>
          buildFindings(group, readable),
        ),
      ),
    }),
  };
}
