import { createHash } from 'node:crypto';
import { z } from 'zod';
import { layOutCells } from './cells.ts';
import { featureScheme } from './features.ts';

/**
 * One file holds the weights of every head:
 *
 *     magic (8) · SHA-256 of all that follows (32) · header length (uint32, little-endian) · header (JSON, UTF-8)
 *     · one mark a slot (uint8) · the weights of slot 0, of slot 1, … (int8, all outputs of all heads side by side)
 *
 * A slot holds one n-gram, told by its 8-bit mark, so that an n-gram never met in training does not speak with the voice
 * of another one.
 */
const magic = Buffer.from('GLMODEL1', 'latin1');
const digestAt = magic.length;
const headerLengthAt = digestAt + 32;
const headerAt = headerLengthAt + 4;

const HeadHeader = z.object({
  name: z.string(),
  /** `softmax`: one of the outputs or none of them is right. `logistic`: each is right or not by itself. */
  link: z.enum(['softmax', 'logistic', 'mixed']),
  outputs: z.array(
    z.object({
      name: z.string(),
      /** What one step of the stored weight is worth; calibration is multiplied in. */
      scale: z.number(),
      /** Calibration is added in. */
      bias: z.number(),
    }),
  ),
  /** Thresholds and the like that were tuned with the weights. */
  settings: z.record(z.string(), z.number()).default({}),
});
export type HeadHeader = z.infer<typeof HeadHeader>;

const ModelHeader = z.object({
  features: z.string(),
  /** Even. */
  slots: z.int().positive(),
  trainedOn: z.string(),
  seed: z.int(),
  /** Digest over the training rows as they were read. */
  data: z.string(),
  heads: z.array(HeadHeader),
});
export type ModelHeader = z.infer<typeof ModelHeader>;

export interface Models {
  readonly header: ModelHeader;
  /** Changes with every byte of the file. */
  readonly version: string;
  readonly marks: Uint8Array;
  /** `weights[slot * outputs + output]`; outputs are counted through all heads, in their order. */
  readonly weights: Int8Array;
  /** The same, laid out for adding up. */
  readonly cells: Int32Array;
  readonly outputs: number;
}

/** The weights are missing, cut short, altered, or made for other features. The message is for the operator. */
export class ModelsUnavailable extends Error {
  override readonly name = 'ModelsUnavailable';
}

function digestOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

/**
 * @param where names the file in the message
 * @param cells when another thread has laid them out already
 * @throws ModelsUnavailable
 */
export function parseModels(bytes: Uint8Array, where: string, cells?: Int32Array): Models {
  const damaged = (what: string) => new ModelsUnavailable(`${where}: ${what}`);
  if (bytes.length < headerAt || magic.compare(bytes, 0, magic.length) !== 0)
    throw damaged('this is no weights file');
  const digest = digestOf(bytes.subarray(headerLengthAt));
  if (digest.compare(bytes, digestAt, headerLengthAt) !== 0)
    throw damaged('the weights file is damaged: its digest does not fit');
  const headerLength = new DataView(bytes.buffer, bytes.byteOffset).getUint32(headerLengthAt, true);
  const text = Buffer.from(bytes.slice(headerAt, headerAt + headerLength)).toString('utf8');
  const header = ModelHeader.parse(JSON.parse(text));
  if (header.features !== featureScheme)
    throw damaged(
      `the weights were trained for features ${header.features}, this program reads ${featureScheme}`,
    );
  const outputs = header.heads.reduce((sum, head) => sum + head.outputs.length, 0);
  const marksAt = headerAt + headerLength;
  const weightsAt = marksAt + header.slots;
  if (bytes.length !== weightsAt + header.slots * outputs) throw damaged('the weights file is cut short');
  const weights = new Int8Array(bytes.buffer, bytes.byteOffset + weightsAt, header.slots * outputs);
  return {
    header,
    version: digest.toString('hex').slice(0, 12),
    marks: bytes.subarray(marksAt, weightsAt),
    weights,
    cells: cells ?? layOutCells(weights, outputs),
    outputs,
  };
}

/** The same models give the same bytes. */
export function packModels(models: Pick<Models, 'header' | 'marks' | 'weights'>): Buffer {
  const header = Buffer.from(JSON.stringify(models.header), 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  const { marks, weights } = models;
  const body = Buffer.concat([
    length,
    header,
    marks,
    Buffer.from(weights.buffer, weights.byteOffset, weights.length),
  ]);
  return Buffer.concat([magic, digestOf(body), body]);
}
