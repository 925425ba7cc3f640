import { describe, expect, it } from 'vitest';
import { featureScheme } from '../models/features.ts';
import { readModels } from '../models/read-models.ts';
import { Scorer } from '../models/scorer.ts';
import type { Models } from '../models/weights-file.ts';
import { openSegmenter } from '../text/segment.ts';
import { createJudge } from './judge.ts';
import { modelFindingsStage } from './model-findings.ts';
import { operatingPoints } from './operating-points.ts';
import { neutral } from './sentiment.ts';
import { TextContext } from './text-context.ts';

const segmenter = openSegmenter({ dictionaryWords: [] });
const nothing = { findings: [], serviceHits: [], sentiment: neutral, service: null };
const contextOf = (stored: string, kind: 'comment' | 'article' = 'comment') =>
  new TextContext({ stored, kind, metrics: {}, textVersion: 1 }, segmenter);

/** The shipped models with every output as sure, of any text, as `logit` says. */
function sureModels(logit: number): Models {
  const models = readModels();
  const heads = models.header.heads.map((head) => ({
    ...head,
    outputs: head.outputs.map((output) => ({ ...output, bias: logit })),
  }));
  return { ...models, header: { ...models.header, heads } };
}

const run = (logit: number, stored: string, kind: 'comment' | 'article' = 'comment') =>
  modelFindingsStage(new Scorer(sureModels(logit))).run(contextOf(stored, kind), nothing);

describe('the shipped weights', () => {
  it('hold every output that an operating point asks for', () => {
    const models = readModels();
    expect(models.header.features).toBe(featureScheme);
    const scorer = new Scorer(models);
    for (const { head, output } of operatingPoints)
      expect(scorer.findHead(head)?.head.outputs.map(({ name }) => name)).toContain(output);
  });
});

describe('modelFindingsStage', () => {
  it('tells every chance, also of what is no finding', () => {
    const { chances, findings } = run(-8, '食堂的包子今天很好吃');
    expect(findings).toBeUndefined();
    for (const { category } of operatingPoints) expect(chances?.[category]).toBeGreaterThanOrEqual(0);
  });

  it('shows the text that carried a finding, strongest first, by offsets of the stored text', () => {
    const stored = '我 真 的 不想活了，没有人在乎我，我想離開這個世界';
    const { findings = [] } = run(6, stored);
    const [finding] = findings.filter(({ category }) => category === 'self-harm');
    expect(finding).toMatchObject({ source: 'model', id: 'model.self-harm', version: readModels().version });
    const evidence = finding?.evidence ?? [];
    expect(evidence.length).toBeGreaterThan(0);
    expect(evidence.length).toBeLessThanOrEqual(5);
    expect([finding?.start, finding?.end]).toEqual([evidence[0]?.start, evidence[0]?.end]);
    expect(evidence.map(({ weight }) => weight)).toEqual(
      evidence.map(({ weight }) => weight).sort((a, b) => b - a),
    );
    for (const { start, end } of evidence) expect(stored.slice(start, end)).not.toBe('');
  });

  it('notes an attack only where somebody is meant', () => {
    const categories = (stored: string) => (run(5, stored).findings ?? []).map(({ category }) => category);
    expect(categories('你这个垃圾，滚远点，真恶心')).toContain('harassment');
    expect(categories('食堂垃圾，收费恶心，真是烂透了')).not.toContain('harassment');
  });

  it('says nothing of a short text about swindles, nor of phishing where nothing can be pressed', () => {
    const categories = (stored: string) => (run(6, stored).findings ?? []).map(({ category }) => category);
    expect(categories('银行积分兑换')).toEqual(
      expect.not.arrayContaining(['fraud', 'phishing-link', 'advert']),
    );
    expect(categories('您的银行积分可以兑换现金礼品一份马上失效')).not.toContain('phishing-link');
    expect(categories('您的银行积分可以兑换现金，请登录 www.jf95.cc 领取')).toContain('phishing-link');
  });

  it('keeps quiet where a swindle is only warned of', () => {
    const found = run(6, '警惕诈骗：不要轻信银行积分兑换现金的短信，不要点击链接').findings ?? [];
    expect(found.map(({ category }) => category)).toEqual(
      expect.not.arrayContaining(['fraud', 'phishing-link']),
    );
  });

  it('does not look for attacks or despair in what the school has published', () => {
    const { chances, findings = [] } = run(6, '你这个垃圾，我不想活了', 'article');
    expect(findings.map(({ category }) => category)).not.toContain('self-harm');
    expect(chances?.harassment).toBeUndefined();
  });

  it('is silent about an empty text', () => {
    for (const stored of ['', ' ', '\ud83d', '😀😀']) expect(run(9, stored).findings ?? []).toEqual([]);
  });
});

describe('without the weights', () => {
  const judge = createJudge({ rules: [], settingsVersion: 1, models: null });

  it('says of every category that it could not be checked, and queues nothing for that alone', () => {
    const verdict = judge.decide({ stored: '食堂的包子', kind: 'comment', metrics: {}, textVersion: 1 });
    const missing = verdict.couldNotCheck
      .filter(({ reason }) => reason === 'ModelsUnavailable')
      .map(({ stage }) => stage);
    expect(missing).toEqual(
      expect.arrayContaining(['self-harm', 'harassment', 'fraud', 'phishing-link', 'spam', 'advert']),
    );
    expect(verdict.queues).toEqual([]);
  });
});
