import type { Objection } from '../domain/objection.ts';

/** Who did it and when; `id` names the audit entry, in which no digest stands. */
export interface ObjectionChange {
  id: string;
  at: string;
  actorId: string | null;
}

/** The list of R13. Retention does not touch it. Every change is audited in its transaction and raises the version. */
export interface ObjectionList {
  /** By day received, then by id. */
  list(): Promise<Objection[]>;
  /** 0 for a list that never held anything; cheap enough to ask at every page. */
  readVersion(): Promise<number>;
  /** Adding the very same again is harmless. @throws Conflict for a digest that is on the list, or an id that is taken */
  add(objection: Objection, change: ObjectionChange): Promise<void>;
  /** For good: no trace of the digest remains. @throws NotFound, unless this very change removed it before */
  remove(id: string, reason: string, change: ObjectionChange): Promise<void>;
}
