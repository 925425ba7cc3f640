import { describe, expect, it } from 'vitest';
import type { Finding } from '../../pipeline/domain/verdict.ts';
import { createJudge } from '../../pipeline/stages/judge.ts';
import { type DataRow, RowMaker } from './personal-data-rows.ts';

const judge = createJudge({ rules: [], settingsVersion: 1 });

function find(text: string): Finding[] {
  return judge.decide({ stored: text, kind: 'comment', metrics: {}, textVersion: 1 }).findings;
}

function isFound({ text, kind, evidence }: DataRow): boolean {
  return find(text).some(
    (finding) =>
      finding.id === `personal-data.${kind}` && text.slice(finding.start, finding.end) === evidence,
  );
}

const rows = 1500;

describe('numbers of persons in made-up texts', () => {
  const maker = new RowMaker(20261122);
  const positives = Array.from({ length: rows }, () => maker.positive());
  const negatives = Array.from({ length: rows }, () => maker.negative());

  it('are found, and hardly anything else is', () => {
    const missed = positives.filter((row) => !isFound(row));
    const wrong = negatives.filter(({ text }) => find(text).length > 0);
    const found = rows - missed.length;
    const precision = found / (found + wrong.length);
    const examples = [...missed, ...wrong].slice(0, 15).map(({ text, kind }) => `${kind ?? 'none'}: ${text}`);
    expect(found / rows, `missed\n${examples.join('\n')}`).toBeGreaterThanOrEqual(0.999);
    expect(precision, `wrong\n${examples.join('\n')}`).toBeGreaterThanOrEqual(0.995);
  });

  it('give one finding each', () => {
    for (const { text } of positives) expect(find(text), text).toHaveLength(1);
  });
});
