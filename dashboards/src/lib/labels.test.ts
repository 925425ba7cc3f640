import { expect, it } from 'vitest';
import { describeTone } from './labels.ts';

it('gives a tone a direction only where that is more likely right than wrong', () => {
  expect(describeTone({ label: 'negative', confidence: 0.49 })).toBe('语气不明显');
  expect(describeTone({ label: 'positive', confidence: 0.1 })).toBe('语气不明显');
  expect(describeTone({ label: 'negative', confidence: 0.5 })).toBe('语气偏负面');
  expect(describeTone({ label: 'neutral', confidence: 0.9 })).toBe('语气中性');
});
