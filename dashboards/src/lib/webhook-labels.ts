import type { WebhookDeliveryView, WebhookView } from '../../../review-api/contract/webhook.ts';
import { t } from '../i18n/t.ts';

export type WebhookTopic = WebhookView['topics'][number];

export const webhookTopicLabels: Record<WebhookTopic, string> = {
  'case.opened': t('webhooks.topicCaseOpened'),
  'case.decided': t('webhooks.topicCaseDecided'),
  'handover.changed': t('webhooks.topicHandover'),
  'draft.changed': t('webhooks.topicDraft'),
  'instruction.changed': t('webhooks.topicInstruction'),
  'settings.changed': t('webhooks.topicSettings'),
  'burst.began': t('webhooks.topicBurst'),
};

export const deliveryTopicLabels: Record<WebhookDeliveryView['topic'], string> = {
  ...webhookTopicLabels,
  'webhook.test': t('webhooks.topicTest'),
};

export const webhookStateLabels: Record<WebhookView['state'], string> = {
  active: t('webhooks.stateActive'),
  paused: t('webhooks.statePaused'),
  failed: t('webhooks.stateFailed'),
};

export const deliveryStateLabels: Record<WebhookDeliveryView['state'], string> = {
  waiting: t('webhooks.deliveryWaiting'),
  delivered: t('webhooks.deliveryDelivered'),
  'given-up': t('webhooks.deliveryGivenUp'),
};
