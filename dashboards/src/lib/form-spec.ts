/** A short form, told in data: what is asked, and how. */
export interface FieldSpec {
  key: string;
  label: string;
  kind: 'text' | 'long' | 'select' | 'moment' | 'number' | 'check' | 'digest' | 'lines';
  hint?: string;
  options?: readonly (readonly [value: string, label: string])[];
  /** Left empty it is sent as null. */
  optional?: true;
}

export type FormValues = Record<string, string | boolean>;

export function emptyValues(fields: readonly FieldSpec[]): FormValues {
  return Object.fromEntries(fields.map(({ key, kind }) => [key, kind === 'check' ? false : '']));
}

/** The first field that nobody filled in; null when all are. */
export function findEmpty(fields: readonly FieldSpec[], values: FormValues): FieldSpec | null {
  const isEmpty = ({ key, kind, optional }: FieldSpec) =>
    kind !== 'check' && optional !== true && String(values[key] ?? '').trim() === '';
  return fields.find(isEmpty) ?? null;
}

const shanghaiOffset = '+08:00';

/** As the contract has it: instants in UTC, numbers, lists, null for what was left empty. */
export function readValues(fields: readonly FieldSpec[], values: FormValues): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field.key, readValue(field, values[field.key] ?? '')]));
}

function readValue({ kind, optional }: FieldSpec, value: string | boolean): unknown {
  if (typeof value === 'boolean') return value;
  const text = value.trim();
  if (optional === true && text === '') return null;
  switch (kind) {
    case 'number':
      return Number(text);
    case 'moment':
      return new Date(`${text}${shanghaiOffset}`).toISOString();
    case 'lines':
      return text.split(/\s+/).filter((line) => line !== '');
    default:
      return text;
  }
}

/** Which field the server means: it may name a part of it, or what it is a part of. */
export function findMeant(fields: readonly FieldSpec[], named: string): FieldSpec | null {
  const parts = named.split('.');
  return fields.find(({ key }) => key === named || parts.includes(key)) ?? null;
}
