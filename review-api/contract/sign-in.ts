import { z } from 'zod';
import { Instant } from '../../pipeline/domain/time.ts';
import { Identity } from '../../pipeline/domain/user.ts';
import { Me } from './session.ts';

/** Six digits, or a recovery code as it was written down. */
const FactorCode = z.string().trim().min(6).max(40);

/** Why a sign-in at the school's own did not come to its end. */
export const SignInOutcome = z.enum([
  'cancelled',
  'expired',
  'misconfigured',
  'unavailable',
  'garbled',
  'not-a-member',
  'not-begun-here',
  'too-many',
  'stranger',
  'closed',
]);
export type SignInOutcome = z.infer<typeof SignInOutcome>;

export const SignInDoors = z
  .object({
    /** `emergency`: the form stands apart, for accounts that are kept for the day when the school's sign-in is away. */
    password: z.enum(['on', 'emergency']),
    doors: z.array(
      z.object({
        provider: Identity.shape.provider,
        label: z.string(),
        /** Signing out there is offered at `/api/sign-in/<provider>/sign-out`. */
        signsOut: z.boolean(),
      }),
    ),
    /** The first step of this browser's sign-in is done, and this is the next one. */
    pending: z.enum(['prove', 'set-up']).nullable(),
    /** What became of this browser's last sign-in at the school's own; told once. */
    outcome: z
      .object({
        code: SignInOutcome,
        /** For the account administrator: stands in the audit log. */
        reference: z.string().nullable(),
        /** Who the school says it is, where no account of ours is that person's. Told to that person alone. */
        subject: z.string().nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'SignInDoors' });
export type SignInDoors = z.infer<typeof SignInDoors>;

export const CodeRequest = z.strictObject({ code: FactorCode }).meta({ id: 'SecondFactorCode' });

export const OfferRequest = z
  .strictObject({
    /** Of who has no second factor yet and came in by a password. */
    password: z.string().max(1024).optional(),
    /** Of the one that is to be replaced. */
    code: FactorCode.optional(),
  })
  .meta({ id: 'SecondFactorOfferRequest' });

export const Offer = z
  .object({
    /** Base32, to be typed where a QR code cannot be read. */
    secret: z.string(),
    /** What the QR code holds. */
    uri: z.string(),
    /** Sent back with the first code, within a quarter of an hour. */
    offer: z.string(),
  })
  .meta({ id: 'SecondFactorOffer' });
export type Offer = z.infer<typeof Offer>;

export const ConfirmRequest = z
  .strictObject({ offer: z.string().min(1).max(4000), code: FactorCode })
  .meta({ id: 'SecondFactorConfirm' });

const RecoveryCodes = z.array(z.string());

export const ConfirmAnswer = z
  .object({
    /** Every session was ended; this is the new one. */
    me: Me,
    /** Shown this once: what is stored tells nobody what they are. */
    recoveryCodes: RecoveryCodes,
  })
  .meta({ id: 'SecondFactorConfirmed' });
export type ConfirmAnswer = z.infer<typeof ConfirmAnswer>;

export const RecoveryAnswer = z.object({ recoveryCodes: RecoveryCodes }).meta({ id: 'RecoveryCodes' });

export const SecondFactor = z
  .object({
    state: z.enum(['off', 'on']),
    confirmedAt: Instant.nullable(),
    recoveryLeft: z.int().nonnegative(),
    /** The person's roles ask for one. */
    demanded: z.boolean(),
    /** Until when setting it up may be put off; null where nothing is asked for, or it is on. */
    putOffUntil: Instant.nullable(),
    /** Setting one up begins with the password. */
    asksPassword: z.boolean(),
  })
  .meta({ id: 'SecondFactor' });
export type SecondFactor = z.infer<typeof SecondFactor>;
