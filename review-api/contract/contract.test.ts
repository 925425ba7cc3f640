import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { buildOpenApi } from '../http/openapi.ts';
import { type RouteSpec, routes } from './routes.ts';

const table = Object.entries(routes) as [string, RouteSpec][];

/** Names of every field of a schema, at any depth. */
function fieldNames(schema: unknown, names = new Set<string>()): Set<string> {
  if (Array.isArray(schema)) for (const one of schema) fieldNames(one, names);
  else if (typeof schema === 'object' && schema !== null) {
    for (const [key, value] of Object.entries(schema)) {
      if (key === 'properties' && typeof value === 'object') {
        for (const name of Object.keys(value ?? {})) names.add(name);
      }
      fieldNames(value, names);
    }
  }
  return names;
}

const json = (schema: z.ZodType, io: 'input' | 'output') =>
  z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' });

describe('R4: nobody is looked up by who wrote', () => {
  // The dated table of names and titles is an authority, and nobody's author.
  const forbidden =
    /author(?!ity)|writer|poster|nick|avatar|gender|region|bio|openid|screenname|follow|username|userid|profile|mention/i;

  test.each(table)('%s has no field, parameter or path for it', (_name, spec) => {
    expect(spec.path).not.toMatch(forbidden);
    for (const part of [spec.params, spec.query, spec.body]) {
      if (part !== null)
        for (const field of fieldNames(json(part, 'input'))) expect(field).not.toMatch(forbidden);
    }
    if (spec.answer !== null) {
      for (const field of fieldNames(json(spec.answer, 'output'))) expect(field).not.toMatch(forbidden);
    }
  });

  test('the scan would see one', () => {
    const nested = z.object({
      items: z.array(z.object({ post: z.union([z.object({ authorId: z.string() })]) })),
    });
    expect([...fieldNames(json(nested, 'output'))].some((field) => forbidden.test(field))).toBe(true);
  });

  test('R10: no route deletes, hides or reports anything but a session, a claim or one’s own filter', () => {
    const deleting = table.filter(([, spec]) => spec.method === 'delete').map(([name]) => name);
    const ofSessions = ['endPersonSessions', 'endOtherSessions', 'endOwnSession'];
    expect(deleting.sort()).toEqual(['logout', 'releaseClaim', 'removeFilter', ...ofSessions].sort());
  });

  test('R10: nor does any other by its name, but our own records of it, and what is erased here for who wrote it', () => {
    const taking =
      /delet|remov|hide|hidden|\bban|block|mute|silence|complain|report|eras|drop|purge|withdraw/i;
    const found = table.filter(([name, spec]) => taking.test(name) || taking.test(spec.path));
    const register = ['approve', 'propose', 'read', 'refuse'].map((verb) => `${verb}Removal`);
    register.push('listRemovals', 'recordRemovalDone', 'registerRemovalAppeal', 'settleRemovalAppeal');
    const own = ['removeFilter', 'removeSecondFactor', 'removeWebhook', 'withdrawLead', 'erasePublicRequest'];
    own.push('withdrawBrief');
    expect(found.map(([name]) => name).sort()).toEqual([...register, ...own].sort());
  });
});

test.each(table)('%s refuses unknown fields in every part', (_name, spec) => {
  for (const part of [spec.params, spec.query, spec.body]) {
    if (part === null) continue;
    const codes = part.safeParse({ surprise: 1 }).error?.issues.map((issue) => issue.code);
    expect(codes).toContain('unrecognized_keys');
  }
});

describe('the OpenAPI document', () => {
  const document = JSON.parse(JSON.stringify(buildOpenApi()));

  test('lists every route once, with its summary and answers, and nothing else', () => {
    const listed = Object.entries<Record<string, { operationId: string }>>(document.paths).flatMap(
      ([path, item]) => Object.entries(item).map(([method, one]) => `${method} ${path} ${one.operationId}`),
    );
    const expected = table.map(
      ([name, spec]) => `${spec.method} ${spec.path.replace(/:(\w+)/g, '{$1}')} ${name}`,
    );
    // The one answer that does not end stands beside the table.
    expected.push('get /api/events watchQueues');
    expect(listed.sort()).toEqual(expected.sort());
  });

  test('is sound: version, path parameters declared and required, responses described, references that lead somewhere', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(document.info).toMatchObject({ title: expect.any(String), version: expect.any(String) });
    for (const [path, item] of Object.entries<Record<string, Operation>>(document.paths)) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      for (const operation of Object.values(item)) {
        const declared = (operation.parameters ?? []).filter((one) => one.in === 'path');
        expect(declared.map((one) => one.name)).toEqual(inPath);
        for (const one of declared) expect(one).toMatchObject({ required: true, schema: expect.anything() });
        expect(operation.summary.length).toBeGreaterThan(3);
        expect(Object.keys(operation.responses)).toContain('default');
        for (const response of Object.values(operation.responses)) expect(response.description).toBeTruthy();
      }
    }
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"(#[^"]+)"/g)].map((match) => match[1]);
    expect(references.length).toBeGreaterThan(10);
    for (const reference of references) expect(resolve(document, reference ?? '')).toBeTypeOf('object');
  });

  test('says which routes need a session and which the token', () => {
    for (const [, spec] of table) {
      const operation = document.paths[spec.path.replace(/:(\w+)/g, '{$1}')][spec.method];
      const needs = (operation.security as object[]).flatMap((one) => Object.keys(one));
      const expected =
        spec.action === 'public' ? [] : spec.method === 'get' ? ['session'] : ['session', 'csrf'];
      expect(needs).toEqual(expected);
    }
  });
});

interface Operation {
  summary: string;
  parameters?: { in: string; name: string }[];
  responses: Record<string, { description?: string }>;
}

function resolve(document: unknown, reference: string): unknown {
  return reference
    .split('/')
    .slice(1)
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document);
}
