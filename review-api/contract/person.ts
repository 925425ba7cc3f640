import { z } from 'zod';
import { AccountMove, AccountState } from '../../pipeline/domain/account.ts';
import { Role } from '../../pipeline/domain/role.ts';
import { Instant } from '../../pipeline/domain/time.ts';
import { Identity, Login } from '../../pipeline/domain/user.ts';
import { Cursor, IdText, PageLimit, PageOf, TypedText } from './fields.ts';
import { SessionView } from './own-session.ts';
import { StandInView } from './stand-in.ts';

const Named = z.object({ id: z.string(), name: z.string() });

/** An account as the security administrator sees it: no password, no key of a second factor. */
export const PersonView = z
  .object({
    id: z.string(),
    login: z.string(),
    name: z.string(),
    unit: Named.nullable(),
    roles: z.array(Role),
    state: AccountState,
    /** The last day of work, in Shanghai. */
    leavesOn: z.iso.date().nullable(),
    /** Days until then, where they are few; else null. */
    leavesInDays: z.int().nonnegative().nullable(),
    emergency: z.boolean(),
    hasSecondFactor: z.boolean(),
    /** Writes drafts, and holds no other role. */
    student: z.boolean(),
    mustChangePassword: z.boolean(),
    lockedUntil: Instant.nullable(),
  })
  .meta({ id: 'PersonView' });
export type PersonView = z.infer<typeof PersonView>;

/** `leaving`: within the next days; `q`: in the name or the login. */
export const PersonListQuery = z.strictObject({
  unitId: IdText.optional(),
  role: Role.optional(),
  state: z.enum([...AccountState.options, 'leaving']).optional(),
  q: TypedText(1, 60).optional(),
  cursor: Cursor.optional(),
  limit: PageLimit.default(50),
});
export type PersonListQuery = z.input<typeof PersonListQuery>;

export const PersonPage = PageOf(PersonView)
  .extend({
    /** All units, for forms and filters. */
    units: z.array(Named),
    /** Over all accounts, whatever is asked for. */
    counts: z.object({ all: z.int(), leaving: z.int(), left: z.int() }),
  })
  .meta({ id: 'PersonPage' });
export type PersonPage = z.infer<typeof PersonPage>;

export const PersonDetail = PersonView.extend({
  createdAt: Instant,
  /** Who this is at the school's own sign-in. */
  identities: z.array(Identity),
  /** When an emergency account was used, the last ones. */
  emergencyUses: z.array(Instant),
  sessions: z.array(SessionView),
  standIns: z.array(StandInView),
  /** Sent back with a change: another one than the stored is a Conflict. */
  seen: z.string(),
  /** Oneself, or in whose stead one acts: roles, unit and state are another administrator's to change. */
  isOneself: z.boolean(),
}).meta({ id: 'PersonDetail' });
export type PersonDetail = z.infer<typeof PersonDetail>;

const Name = TypedText(1, 60)
  .transform((text) => text.trim())
  .refine((text) => text !== '', '不能为空');
const Roles = z
  .array(Role)
  .min(1, '请至少选一个角色')
  .max(Role.options.length)
  .transform((roles) => [...new Set(roles)]);

export const PersonRequest = z
  .strictObject({
    /** Chosen once per intention; becomes the id. */
    commandId: z.uuid(),
    login: Login,
    name: Name,
    unitId: IdText.nullable().default(null),
    roles: Roles,
    leavesOn: z.iso.date().nullable().default(null),
    student: z.boolean().default(false),
  })
  .meta({ id: 'PersonRequest' });
export type PersonRequest = z.input<typeof PersonRequest>;

/** Only what is given changes. */
export const PersonChangeRequest = z
  .strictObject({
    seen: z.string().min(1).max(100),
    name: Name.optional(),
    unitId: IdText.nullable().optional(),
    roles: Roles.optional(),
    leavesOn: z.iso.date().nullable().optional(),
    emergency: z.boolean().optional(),
    student: z.boolean().optional(),
    identities: z.array(Identity).max(6).optional(),
  })
  .meta({ id: 'PersonChangeRequest' });
export type PersonChangeRequest = z.input<typeof PersonChangeRequest>;

export const PersonMoveRequest = z.strictObject({ move: AccountMove }).meta({ id: 'PersonMoveRequest' });

/** Null for a call that was answered before: it is shown once. */
export const NewPersonAnswer = z
  .object({ person: PersonDetail, firstPassword: z.string().nullable() })
  .meta({ id: 'NewPersonAnswer' });

export const FirstPassword = z.object({ firstPassword: z.string() }).meta({ id: 'FirstPassword' });
