import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSeedRules } from '../../test/builders/seed-rules.ts';
import { Category, ServiceKind, ServiceTopic } from '../domain/category.ts';
import type { LexiconRule } from '../domain/rule.ts';
import type { Verdict } from '../domain/verdict.ts';
import { createJudge } from './judge.ts';

const folder = join(import.meta.dirname, '../../config/lexicons');
const families = ['safety', 'fraud', 'abuse', 'assertion', 'noise', 'integrity', 'service'];
const seedDate = '2026-11-22';

const rules = readSeedRules();
const judge = createJudge({ rules, settingsVersion: 1 });

/** Defacement is looked for in our own pages only, so its examples are judged as such. */
function judgeExample(rule: LexiconRule, text: string): Verdict {
  const isTamper = 'category' in rule.target && rule.target.category === 'tamper';
  return judge.decide({ stored: text, kind: isTamper ? 'article' : 'comment', metrics: {}, textVersion: 1 });
}

function isHit(rule: LexiconRule, verdict: Verdict): boolean {
  if ('category' in rule.target) return verdict.findings.some(({ id }) => id === rule.id);
  if ('serviceKind' in rule.target) return verdict.service?.kind === rule.target.serviceKind;
  return verdict.service?.topic === rule.target.serviceTopic;
}

describe('the seeded rules', () => {
  it('cover every family', () => {
    for (const family of families) {
      expect(readdirSync(join(folder, family)).length, family).toBeGreaterThan(0);
    }
    const targets = new Set(rules.map((rule) => Object.values(rule.target)[0]));
    const judgedElsewhere = ['dead-link', 'stale', 'outage'];
    const wanted = [...Category.options, ...ServiceKind.options, ...ServiceTopic.options];
    expect(wanted.filter((one) => !targets.has(one))).toEqual(judgedElsewhere);
  });

  it('have ids of their own and expire within twelve months', () => {
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    for (const rule of rules) {
      expect(rule.expiresOn > seedDate && rule.expiresOn <= '2027-11-22', rule.id).toBe(true);
    }
  });

  it.each(rules.map((rule) => [rule.id, rule] as const))('%s hits its example', (_id, rule) => {
    expect(isHit(rule, judgeExample(rule, rule.example)), rule.example).toBe(true);
  });

  it.each(rules.map((rule) => [rule.id, rule] as const))('%s spares its counter-example', (_id, rule) => {
    const verdict = judgeExample(rule, rule.counterExample);
    expect(isHit(rule, verdict), rule.counterExample).toBe(false);
  });

  it.each(rules.map((rule) => [rule.id, rule] as const))('%s: every word can hit', (_id, rule) => {
    const needsCompany = (rule.conditions?.all.length ?? 0) > 0 || (rule.conditions?.near ?? null) !== null;
    if (!('category' in rule.target) || needsCompany) return;
    for (const word of rule.words) {
      const verdict = judgeExample(rule, word);
      expect(isHit(rule, verdict), word).toBe(true);
    }
  });
});
