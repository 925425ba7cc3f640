import { z } from 'zod';
import { Role } from './role.ts';
import { Login } from './user.ts';

export const ChainMode = z.enum(['merged', 'full']);
export type ChainMode = z.infer<typeof ChainMode>;

/** 审校环节. Merged: 初审一校, 复审二校, 终审三校; full: 初审 复审 终审 一校 二校 三校. */
export const StepName = z.enum([
  'first',
  'second',
  'final',
  'first-review',
  'second-review',
  'final-review',
  'first-proof',
  'second-proof',
  'third-proof',
]);
export type StepName = z.infer<typeof StepName>;

export const stepsOf: Record<ChainMode, readonly StepName[]> = {
  merged: ['first', 'second', 'final'],
  full: ['first-review', 'second-review', 'final-review', 'first-proof', 'second-proof', 'third-proof'],
};

/** Who may approve: an editor drafts, and never does. */
export const StepRole = Role.extract([
  'unit-reviewer',
  'unit-head',
  'reviewer',
  'director',
  'leader',
  'principal',
]);
export type StepRole = z.infer<typeof StepRole>;

/** Held for one's own unit; the others are the office's, for every unit. */
export const unitRoles: ReadonlySet<Role> = new Set<Role>(['unit-reviewer', 'unit-head']);
const stepRoles: ReadonlySet<Role> = new Set(StepRole.options);

const Id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,47}$/, 'only lower-case letters, digits and hyphens');

/** Held by whoever has the role, or by one of those named. */
export const ChainStep = z
  .strictObject({
    step: StepName,
    role: StepRole.nullable().default(null),
    persons: z.array(Login).max(20).default([]),
  })
  .refine(({ role, persons }) => (role === null) !== (persons.length === 0), {
    path: ['role'],
    error: 'either a role or persons',
  });
export type ChainStep = z.infer<typeof ChainStep>;

/** 审校链: who looks at a draft, in which order. */
export const ReviewChain = z
  .strictObject({
    id: Id,
    name: z.string().min(1).max(60),
    mode: ChainMode,
    /** Ids; none for all. */
    channels: z.array(Id).default([]),
    units: z.array(Id).default([]),
    steps: z.array(ChainStep),
  })
  .superRefine(({ mode, steps }, context) => {
    const wanted = stepsOf[mode];
    if (wanted.join() !== steps.map(({ step }) => step).join())
      context.addIssue({
        code: 'custom',
        path: ['steps'],
        message: `has the steps ${wanted.join(', ')}, in this order`,
      });
    const twice = findTwice(steps.flatMap(({ persons }) => persons));
    if (twice !== null)
      context.addIssue({ code: 'custom', path: ['steps'], message: `${twice} holds two steps` });
  });
export type ReviewChain = z.infer<typeof ReviewChain>;

export function findTwice(names: readonly string[]): string | null {
  return names.find((name, index) => names.indexOf(name) !== index) ?? null;
}

/** Somebody who can sign in. */
export interface ChainPerson {
  login: string;
  unitId: string | null;
  roles: readonly Role[];
}

/**
 * Why a chain cannot be walked. `unitId` null: in no unit at all. `too-few`: each step has somebody, but the same people would
 * have to hold two of them.
 */
export type ChainFault =
  | { kind: 'unknown-person' | 'may-not-approve'; step: StepName; login: string }
  | { kind: 'nobody'; step: StepName; unitId: string | null }
  | { kind: 'too-few'; unitId: string | null };

/**
 * Whether every step of a chain has somebody, and different people: for each unit it names, or, if it is for all, at least for one
 * of those that have somebody to write.
 */
export function findChainFaults(chain: ReviewChain, people: readonly ChainPerson[]): ChainFault[] {
  const faults = chain.steps.flatMap((step) => findPersonFaults(step, people));
  if (faults.length > 0) return faults;
  if (chain.units.length > 0) return chain.units.flatMap((unitId) => faultsIn(chain, people, unitId));
  const units = new Set(people.map(({ unitId }) => unitId));
  const found = [...units].map((unitId) => faultsIn(chain, people, unitId));
  if (found.some((one) => one.length === 0)) return [];
  const fewest = found.toSorted((a, b) => a.length - b.length)[0];
  const missing =
    fewest ?? chain.steps.map(({ step }): ChainFault => ({ kind: 'nobody', step, unitId: null }));
  return missing.map((fault) => ('unitId' in fault ? { ...fault, unitId: null } : fault));
}

function findPersonFaults({ step, persons }: ChainStep, people: readonly ChainPerson[]): ChainFault[] {
  return persons.flatMap((login): ChainFault[] => {
    const person = people.find((one) => one.login === login);
    if (person === undefined) return [{ kind: 'unknown-person', step, login }];
    return person.roles.some((role) => stepRoles.has(role)) ? [] : [{ kind: 'may-not-approve', step, login }];
  });
}

function faultsIn(chain: ReviewChain, people: readonly ChainPerson[], unitId: string | null): ChainFault[] {
  const holders = chain.steps.map((step) => holdersOf(step, people, unitId));
  const empty = chain.steps.filter((_, index) => holders[index]?.length === 0);
  if (empty.length > 0) return empty.map(({ step }) => ({ kind: 'nobody', step, unitId }));
  return canBeDistinct(holders) ? [] : [{ kind: 'too-few', unitId }];
}

/** In the unit, or of the office. */
function holdersOf(
  { role, persons }: ChainStep,
  people: readonly ChainPerson[],
  unitId: string | null,
): string[] {
  const fits = (person: ChainPerson, held: Role) =>
    stepRoles.has(held) && (!unitRoles.has(held) || person.unitId === unitId);
  return people
    .filter((person) =>
      role === null
        ? persons.includes(person.login) && person.roles.some((held) => fits(person, held))
        : person.roles.includes(role) && fits(person, role),
    )
    .map(({ login }) => login);
}

/** A different person for every step: a matching, found by making room for one step after the other. */
function canBeDistinct(holders: readonly (readonly string[])[]): boolean {
  const stepOf = new Map<string, number>();
  const place = (step: number, tried: Set<string>): boolean =>
    (holders[step] ?? []).some((login) => {
      if (tried.has(login)) return false;
      tried.add(login);
      const other = stepOf.get(login);
      if (other !== undefined && !place(other, tried)) return false;
      stepOf.set(login, step);
      return true;
    });
  return holders.every((_, step) => place(step, new Set()));
}
