import express, { type Request, type Response } from 'express';
import type { RouteSpec } from '../contract/route-spec.ts';
import { UnsupportedBody } from './errors.ts';

/** Of workbooks and tables; browsers that know none of them say the last one. */
const uploadTypes = [
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.ms-excel',
  'application/vnd.oasis.opendocument.spreadsheet',
  'text/csv',
  'application/octet-stream',
];

/**
 * The file that a request carries as its body, for a route that takes one; else null. Read after rights were looked at: nobody
 * else's file is taken in.
 * @throws UnsupportedBody; what the parser throws for one that is too large
 */
export async function readUpload(
  request: Request,
  response: Response,
  { upload }: RouteSpec,
): Promise<Uint8Array | null> {
  if (upload === undefined) return null;
  // What it really is, its bytes say; whoever takes any kind looks at them.
  const type = upload.anyType === true ? '*/*' : uploadTypes;
  if (upload.anyType !== true && !request.is(uploadTypes))
    throw new UnsupportedBody('请直接发送 Excel 或 CSV 文件。');
  const parse = express.raw({ type, limit: upload.maxBytes, inflate: false });
  await new Promise<void>((resolve, reject) => {
    parse(request, response, (error: unknown) => (error === undefined ? resolve() : reject(error)));
  });
  return Buffer.isBuffer(request.body) ? new Uint8Array(request.body) : new Uint8Array();
}
