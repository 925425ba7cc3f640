import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { ChangeEvent, eventsPath } from '../contract/event.ts';
import { Problem } from '../contract/problem.ts';
import { type RouteSpec, routes } from '../contract/routes.ts';
import { WebhookBody } from '../contract/webhook.ts';
import { isCommand } from './idempotency-key.ts';

/** How often a command is sent changes nothing: see docs/api.md. */
const idempotencyKey = z.object({
  'Idempotency-Key': z.uuid().optional().meta({ description: 'In place of `commandId` in the body' }),
});

/** The noun that a route is about: the first part of its path after `/api/`. */
function tagOf({ path }: RouteSpec): string {
  return /^\/api\/([a-z-]+)/.exec(path)?.[1] ?? 'system';
}

const problemContent = { 'application/problem+json': { schema: Problem } };

function buildOperation(name: string, spec: RouteSpec): ZodOpenApiOperationObject {
  const requestParams: { path?: z.ZodObject; query?: z.ZodObject; header?: z.ZodObject } = {};
  if (spec.params !== null) requestParams.path = spec.params;
  if (spec.query !== null) requestParams.query = spec.query;
  if (isCommand(spec)) requestParams.header = idempotencyKey;
  return {
    operationId: name,
    summary: spec.summary,
    description: spec.action === 'public' || spec.action === 'signed-in' ? '' : `Right: \`${spec.action}\``,
    tags: [tagOf(spec)],
    requestParams,
    ...buildRequestBody(spec),
    responses: {
      ...buildSuccess(spec),
      default: { description: 'What went wrong and how to put it right', content: problemContent },
    },
    security: buildSecurity(spec),
  };
}

function buildSuccess({ summary, answer, download }: RouteSpec): ZodOpenApiOperationObject['responses'] {
  if (download === true)
    return { '200': { description: summary, content: { 'application/octet-stream': {} } } };
  if (answer === null) return { '204': { description: 'Done' } };
  return { '200': { description: summary, content: { 'application/json': { schema: answer } } } };
}

function buildRequestBody({ body, upload }: RouteSpec): Pick<ZodOpenApiOperationObject, 'requestBody'> {
  if (upload !== undefined) {
    const description = `The file as it is, ${upload.maxBytes} bytes at most`;
    return { requestBody: { required: true, description, content: { 'application/octet-stream': {} } } };
  }
  if (body === null) return {};
  return { requestBody: { required: true, content: { 'application/json': { schema: body } } } };
}

function buildSecurity(spec: RouteSpec): Record<string, string[]>[] {
  if (spec.action === 'public') return [];
  return [spec.method === 'get' ? { session: [] } : { session: [], csrf: [] }];
}

function buildEventStream(): ZodOpenApiOperationObject {
  return {
    operationId: 'watchQueues',
    summary: 'Tells when something has changed in one’s queues; does not end',
    responses: {
      '200': {
        description: 'Server-sent events; the data of each is one JSON object',
        content: { 'text/event-stream': { schema: ChangeEvent } },
      },
      default: { description: 'What went wrong and how to put it right', content: problemContent },
    },
    security: [{ session: [] }],
  };
}

function buildWebhook(): ZodOpenApiOperationObject {
  const header = z.object({
    'webhook-id': z.string().meta({ description: 'The same for a repetition' }),
    'webhook-timestamp': z.string().meta({ description: 'Seconds since 1970' }),
    'webhook-signature': z
      .string()
      .meta({ description: '`v1,` and the Base64 of HMAC-SHA256 over id, timestamp and body' }),
  });
  return {
    operationId: 'receiveFact',
    summary: 'What is sent to a registered address: ids only, at least once',
    requestParams: { header },
    requestBody: { required: true, content: { 'application/json': { schema: WebhookBody } } },
    responses: { '2XX': { description: 'Taken; anything else is sent again later' } },
  };
}

let built: ReturnType<typeof createDocument> | null = null;

/** OpenAPI 3.1 from the table of routes; made once. */
export function buildOpenApi(): ReturnType<typeof createDocument> {
  if (built !== null) return built;
  const paths: ZodOpenApiPathsObject = {};
  for (const [name, spec] of Object.entries(routes) as [string, RouteSpec][]) {
    const path = spec.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [spec.method]: buildOperation(name, spec) };
  }
  paths[eventsPath] = { get: buildEventStream() };
  built = createDocument({
    openapi: '3.1.0',
    info: { title: 'Guanlan 观澜', version: '0.1.0', description: 'The office’s interface. Times are UTC.' },
    paths,
    webhooks: { fact: { post: buildWebhook() } },
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'guanlan_session' },
        csrf: { type: 'apiKey', in: 'header', name: 'x-csrf-token' },
      },
    },
  });
  return built;
}
