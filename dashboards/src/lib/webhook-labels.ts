import type { WebhookDeliveryView, WebhookView } from '../../../review-api/contract/webhook.ts';

export type WebhookTopic = WebhookView['topics'][number];

export const webhookTopicLabels: Record<WebhookTopic, string> = {
  'case.opened': '新线索入队',
  'case.decided': '线索有处理进展',
  'handover.changed': '转办单有进展',
  'draft.changed': '稿件有进展',
  'instruction.changed': '批示有进展',
  'settings.changed': '设置已变更',
  'burst.began': '出现异常增长',
};

export const deliveryTopicLabels: Record<WebhookDeliveryView['topic'], string> = {
  ...webhookTopicLabels,
  'webhook.test': '测试',
};

export const webhookStateLabels: Record<WebhookView['state'], string> = {
  active: '启用',
  paused: '已暂停',
  failed: '连续三天送不到，已停发',
};

export const deliveryStateLabels: Record<WebhookDeliveryView['state'], string> = {
  waiting: '等待发送',
  delivered: '已送达',
  'given-up': '多次失败，不再重试',
};
