import { z } from 'zod';
import { Instant } from '../../pipeline/domain/time.ts';
import { WebhookDelivery, WebhookEndpoint, WebhookTopic } from '../../pipeline/domain/webhook.ts';
import { Cursor, IdText, PageLimit, PageOf, TypedText } from './fields.ts';

/** Without the secret, which is shown once. */
export const WebhookView = WebhookEndpoint.omit({ secret: true, createdBy: true })
  .extend({ createdByName: z.string().nullable() })
  .meta({ id: 'Webhook' });
export type WebhookView = z.infer<typeof WebhookView>;

export const WebhookList = z
  .object({ items: z.array(WebhookView), topics: z.array(WebhookTopic) })
  .meta({ id: 'WebhookList' });

const content = {
  name: TypedText(1, 60),
  url: TypedText(1, 500),
  /** It stands inside the school's own network: http is allowed there, and a private address. */
  privateAddress: z.boolean().default(false),
  topics: z.array(WebhookTopic).min(1).max(WebhookTopic.options.length),
};

export const AddWebhookRequest = z
  .strictObject({ commandId: z.uuid(), ...content })
  .meta({ id: 'AddWebhookRequest' });
export type AddWebhookRequest = z.input<typeof AddWebhookRequest>;

export const ChangeWebhookRequest = z
  .strictObject({
    commandId: z.uuid(),
    version: z.int().positive(),
    change: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('content'), ...content }),
      z.strictObject({ kind: z.enum(['pause', 'resume', 'rotate-secret']) }),
    ]),
  })
  .meta({ id: 'ChangeWebhookRequest' });
export type ChangeWebhookRequest = z.input<typeof ChangeWebhookRequest>;

export const WebhookCommand = z.strictObject({ commandId: z.uuid() }).meta({ id: 'WebhookCommand' });

/** `secret` is there once: when the endpoint is registered, and with each new one. */
export const WebhookAnswer = z
  .object({ endpoint: WebhookView, secret: z.string().nullable() })
  .meta({ id: 'WebhookAnswer' });

export const WebhookDeliveryView = WebhookDelivery.omit({ endpointId: true }).meta({ id: 'WebhookDelivery' });
export type WebhookDeliveryView = z.infer<typeof WebhookDeliveryView>;

export const WebhookDeliveryPage = PageOf(WebhookDeliveryView).meta({ id: 'WebhookDeliveryPage' });
export const WebhookDeliveryQuery = z.strictObject({
  cursor: Cursor.optional(),
  limit: PageLimit.default(50),
});

export const RetryWebhookRequest = z.strictObject({ deliveryId: IdText }).meta({ id: 'RetryWebhookRequest' });

/** What is sent, as a receiver reads it. */
export const WebhookBody = z
  .object({
    /** The same for a repetition. */
    id: z.string(),
    type: z.enum([...WebhookTopic.options, 'webhook.test']),
    timestamp: Instant,
    data: z.object({ id: z.string() }),
  })
  .meta({ id: 'WebhookBody' });
