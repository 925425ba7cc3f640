import { z } from 'zod';
import { InvalidInput } from '../../pipeline/domain/errors.ts';
import { BodyTooLarge, UnsupportedBody } from './errors.ts';
import { findJsonErrorPosition } from './json-position.ts';

/** What body-parser throws. */
const BodyError = z.object({ type: z.string(), body: z.string().optional(), limit: z.number().optional() });

/** Errors of Express and its body parser, in our own words; anything else comes back as it is. */
export function asDomainError(error: unknown): unknown {
  if (error instanceof URIError) return new InvalidInput('path', '地址里有无法识别的编码。');
  const parsed = BodyError.safeParse(error);
  if (!parsed.success || !(error instanceof Error)) return error;
  switch (parsed.data.type) {
    case 'entity.parse.failed':
      return malformedJson(parsed.data.body ?? '');
    case 'entity.too.large':
      return new BodyTooLarge(`内容超过 ${sizeOf(parsed.data.limit)}。`);
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return new UnsupportedBody('请用不压缩的 UTF-8 JSON 发送。');
    case 'request.aborted':
    case 'request.size.invalid':
      return new InvalidInput('body', '请求内容不完整。');
    default:
      return error;
  }
}

const kilobyte = 1024;
function sizeOf(limit = 100 * kilobyte): string {
  const inKilobytes = Math.floor(limit / kilobyte);
  return inKilobytes < kilobyte ? `${inKilobytes} kB` : `${Math.floor(inKilobytes / kilobyte)} MB`;
}

function malformedJson(source: string): InvalidInput {
  const position = findJsonErrorPosition(source);
  const where = position === null ? 'JSON 只能是对象' : `JSON 在第 ${position + 1} 个字符处有错`;
  return new InvalidInput(
    'body',
    `请求内容不是正确的 JSON：${where}。`,
    '发送 application/json，UTF-8 编码。',
  );
}
