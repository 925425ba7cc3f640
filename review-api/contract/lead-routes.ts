import {
  LeadAnswer,
  LeadChangeRequest,
  LeadCountQuery,
  LeadCounts,
  LeadListQuery,
  LeadPage,
  LeadReceipt,
  LeadRequest,
  LeadWithdrawalRequest,
} from './lead.ts';
import { plain, type RouteSpec, withId } from './route-spec.ts';

/** What people register by hand. */
export const leadRoutes = {
  registerLead: {
    ...plain,
    method: 'post',
    path: '/api/leads',
    summary: 'Register one lead by hand; nothing is fetched',
    action: 'lead.register',
    body: LeadRequest,
    answer: LeadReceipt,
  },
  listLeads: {
    ...plain,
    method: 'get',
    path: '/api/leads',
    summary: 'Leads without their text, newest first, or those of one document number',
    action: 'lead.register',
    query: LeadListQuery,
    answer: LeadPage,
  },
  countLeads: {
    ...plain,
    method: 'get',
    path: '/api/leads/counts',
    summary: 'Leads of a year by source',
    action: 'lead.register',
    query: LeadCountQuery,
    answer: LeadCounts,
  },
  changeLead: {
    ...withId,
    method: 'post',
    path: '/api/leads/:id/change',
    summary: 'Put right what was registered wrongly, with a reason; the history keeps what stood',
    action: 'lead.register',
    body: LeadChangeRequest,
    answer: LeadAnswer,
  },
  withdrawLead: {
    ...withId,
    method: 'post',
    path: '/api/leads/:id/withdraw',
    summary: 'Withdraw a lead that was registered by mistake, with a reason; its case is closed',
    action: 'lead.register',
    body: LeadWithdrawalRequest,
    answer: LeadAnswer,
  },
} as const satisfies Record<string, RouteSpec>;
