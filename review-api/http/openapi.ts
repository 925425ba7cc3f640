import type { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { ChangeEvent, eventsPath } from '../contract/event.ts';
import { Problem } from '../contract/problem.ts';
import { type RouteSpec, routes } from '../contract/routes.ts';

const problemContent = { 'application/problem+json': { schema: Problem } };

function buildOperation(name: string, spec: RouteSpec): ZodOpenApiOperationObject {
  const requestParams: { path?: z.ZodObject; query?: z.ZodObject } = {};
  if (spec.params !== null) requestParams.path = spec.params;
  if (spec.query !== null) requestParams.query = spec.query;
  const success =
    spec.answer === null
      ? { '204': { description: 'Done' } }
      : { '200': { description: spec.summary, content: { 'application/json': { schema: spec.answer } } } };
  return {
    operationId: name,
    summary: spec.summary,
    requestParams,
    ...(spec.body === null
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: spec.body } } } }),
    responses: {
      ...success,
      default: { description: 'What went wrong and how to put it right', content: problemContent },
    },
    security: buildSecurity(spec),
  };
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
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'guanlan_session' },
        csrf: { type: 'apiKey', in: 'header', name: 'x-csrf-token' },
      },
    },
  });
  return built;
}
