import type {
  BriefBlock,
  BriefFacts,
  BriefKind,
  BriefPeriod,
  BriefSection,
  BriefSubject,
  SectionId,
} from './brief.ts';
import { BriefMaker, type BriefNames, type Digest } from './brief-maker.ts';
import type { BriefMaterial } from './brief-material.ts';
import { isWholeMonth } from './brief-period.ts';
import * as day from './brief-sections-day.ts';
import * as whole from './brief-sections-period.ts';
import * as special from './brief-sections-special.ts';
import type { BriefTemplates } from './brief-template.ts';

export interface BriefKnown {
  kind: BriefKind;
  period: BriefPeriod;
  subject: BriefSubject | null;
  material: BriefMaterial;
  names: BriefNames;
  shifts: readonly { day: string; duty: string; time: string; who: string }[];
  templates: BriefTemplates;
  templateVersion: number;
  settingsVersion: number;
  countedAt: string;
  digest: Digest;
}

export interface BuiltBrief {
  facts: BriefFacts;
  evidence: Map<string, string[]>;
}

const builders: Partial<Record<SectionId, day.SectionBuilder>> = {
  ...{ overview: day.overview, attention: day.attention, night: day.night, handled: day.handled },
  ...{ overdue: day.overdue, needs: day.needs, safety: day.safety, corrections: day.corrections },
  ...{ claims: day.claims, operation: day.operation, closed: day.closed, bursts: whole.bursts },
  ...{
    trend: whole.trend,
    critical: whole.criticalVoices,
    topics: special.topics,
    causes: whole.causes,
    late: whole.late,
  },
  ...{ 'false-alarms': whole.falseAlarms, publishing: whole.publishing, responses: whole.responses },
  ...{ transparency: whole.transparency, summary: special.summary, course: special.course },
  ...{ spread: special.spread, demands: special.demands, handling: special.handling },
  ...{ assessment: special.assessment, appendix: special.appendix, remarks: special.remarks },
};

function buildBlocks(known: BriefKnown, maker: BriefMaker, id: SectionId, rows: number): BriefBlock[] | null {
  if (id === 'duty') return special.buildDuty(known.shifts);
  if (id === 'overview' && known.kind === 'morning') return day.morningOverview(maker, rows);
  return builders[id]?.(maker, rows) ?? null;
}

/** Pure: the document and, beside it, the ids under each number. Words are left to people. */
export function buildBrief(known: BriefKnown): BuiltBrief {
  const parts = buildInParts(known);
  for (;;) {
    const { done, value } = parts.next();
    if (done === true) return value;
  }
}

/** As `buildBrief`; others have a turn between two sections, for a month may hold tens of thousands of items. */
export async function buildBriefInTurns(known: BriefKnown, turn: () => Promise<void>): Promise<BuiltBrief> {
  const parts = buildInParts(known);
  for (;;) {
    const { done, value } = parts.next();
    if (done === true) return value;
    await turn();
  }
}

function* buildInParts(known: BriefKnown): Generator<undefined, BuiltBrief> {
  const maker = new BriefMaker(known);
  const template = known.templates.kinds[known.kind];
  const sections: BriefSection[] = [];
  for (const { id, isOn, title, intro, rows } of template.sections) {
    const blocks = isOn ? buildBlocks(known, maker, id, rows) : null;
    if (blocks !== null) sections.push({ id, title, intro, blocks });
    yield;
  }
  const referred = maker.number(
    {
      ...{ id: 'referred', label: '另有涉及个人安全的事项已转值班人员办理', unit: 'case' },
      query: { of: 'referred', ...maker.span },
    },
    // Of stretches that overlap one less the other would tell of few; calendar months do not overlap. Whatever the count.
    isWholeMonth(known.period) ? null : 'would-reveal',
  );
  const { title, mark, header, footer, numberRule } = template;
  const facts: BriefFacts = {
    ...{ kind: known.kind, period: known.period, countedAt: known.countedAt, subject: known.subject },
    head: { issuer: known.templates.issuer, title, mark, header, footer, numberRule },
    ...{ sections, gaps: maker.gapsIn(maker.span), referred },
    ...{ templateVersion: known.templateVersion, settingsVersion: known.settingsVersion },
  };
  return { facts, evidence: maker.evidence };
}
