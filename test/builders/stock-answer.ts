import { type StockContent, StockContent as StockContentSchema } from '../../pipeline/domain/stock-answer.ts';
import type { WriteAnswer } from '../../pipeline/domain/stock-answer-change.ts';

/** Valid over the fake clock's year. */
export function buildStockContent(more: Partial<StockContent> = {}): StockContent {
  return StockContentSchema.parse({
    title: '供暖报修怎么办',
    words: ['暖气', '供暖'],
    topics: ['dormitory'],
    channelKinds: [],
    body: '学校供暖期为11月15日至次年3月15日。宿舍不热请拨打后勤服务热线0571-88880000报修，24小时内上门。',
    shortBody: '请拨打0571-88880000报修，24小时内上门。',
    source: { document: '后勤处供暖通知', date: '2025-11-01', link: null },
    validFrom: '2026-01-01',
    validUntil: '2026-12-31',
    ...more,
  });
}

export function buildWriteAnswer(more: Partial<WriteAnswer> & Pick<WriteAnswer, 'commandId'>): WriteAnswer {
  const content = buildStockContent();
  return {
    ...{ type: 'write', answerId: null, revision: null, kind: 'service', unitId: 'logistics', content },
    ...more,
  };
}
