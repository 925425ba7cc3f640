import type { Request } from 'express';
import { z } from 'zod';
import { InvalidInput } from '../../pipeline/domain/errors.ts';
import type { RouteSpec } from '../contract/routes.ts';

/** The header of the IETF draft: another place for a command's `commandId`. */
const idempotencyHeader = 'idempotency-key';

/** Whether a route's body is a command, which is recorded once however often it comes. */
export function isCommand({ body }: RouteSpec): boolean {
  return body !== null && 'commandId' in body.shape;
}

/**
 * A body without a `commandId` gets it from the header; the draft's quotes around it may be left out.
 * @throws InvalidInput (`Idempotency-Key`) for no UUID, or another one than the body's
 */
export function withIdempotencyKey(request: Request, spec: RouteSpec, body: unknown): unknown {
  const given = request.get(idempotencyHeader);
  if (given === undefined || !isCommand(spec)) return body;
  const key = z.uuid().safeParse(given.trim().replace(/^"(.*)"$/, '$1'));
  if (!key.success)
    throw new InvalidInput('Idempotency-Key', '须是一个 UUID。', '每次操作生成一个，重发时不变');
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  if (!('commandId' in body)) return { ...body, commandId: key.data };
  if (body.commandId === key.data) return body;
  throw new InvalidInput('Idempotency-Key', '与正文里的 commandId 不一致。', '只写一处，或写成同一个');
}
