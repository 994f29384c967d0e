import type { PostgrestSingleResponse } from "@supabase/supabase-js";

/** Every code our SQL functions raise and the HTTP status it deserves. docs/error-codes.md explains them. */
export const STATUS_BY_CODE = {
  KCCLS: 409,
  KCNFD: 404,
  KCNON: 409,
  KCNOT: 403,
  KCOVR: 410,
  KCTWO: 409,
  KCTYP: 422,
  LGFIX: 409,
  LGNON: 409,
  LGSUM: 409,
  LGWHY: 422,
  MBAGR: 422,
  MBNFD: 404,
  MBNOT: 409,
  MBPLN: 409,
  MBTRM: 409,
  MBTWO: 409,
  MSANM: 409,
  MSANN: 404,
  MSANT: 422,
  MSANW: 422,
  MSBLK: 403,
  MSBOD: 422,
  MSDEL: 410,
  MSFST: 429,
  MSGON: 409,
  MSLAT: 410,
  MSLIM: 429,
  MSNFD: 404,
  MSNID: 422,
  MSNON: 404,
  MSOWN: 403,
  MSRDO: 409,
  MSTEN: 422,
  MSTWO: 409,
  MTEAR: 409,
  MTHST: 503,
  MTLAT: 410,
  MTNDC: 409,
  MTNOB: 403,
  MTOVR: 410,
  MTPRE: 503,
  MTSTD: 409,
  MTTWO: 409,
  MTWRD: 422,
  NFNON: 409,
  NFWVD: 409,
  NTCHO: 422,
  NTDIG: 422,
  NTLNK: 404,
  NTNFD: 404,
  NTQUI: 422,
  NTREQ: 422,
  NTRUL: 422,
  OADAY: 422,
  OAHRS: 422,
  OAMNY: 409,
  OANOT: 422,
  OAOFF: 422,
  OASET: 422,
  OATRP: 422,
  OBDAT: 409,
  OBINM: 409,
  OBINT: 409,
  OBMNY: 429,
  OBMOV: 409,
  OBNCX: 409,
  OBNFD: 404,
  OBNMV: 409,
  OBNRQ: 409,
  OBOWN: 403,
  OBPRT: 422,
  OBQTE: 409,
  OBRPT: 422,
  OBTIM: 422,
  OBTKN: 409,
  OCBIO: 422,
  OCHED: 422,
  OCHRG: 409,
  OCINC: 409,
  OCLAN: 422,
  OCNFD: 404,
  OCNON: 409,
  OCOVR: 409,
  OCSPE: 422,
  OCSTA: 422,
  OCSUS: 403,
  OCYRS: 422,
  OFDES: 422,
  OFGON: 410,
  OFINT: 409,
  OFLEN: 422,
  OFLST: 409,
  OFMEM: 422,
  OFMNY: 409,
  OFPRI: 422,
  OFSEA: 422,
  OFSES: 422,
  OFTIT: 422,
  OFVAL: 422,
  OFINS: 422,
  OFDEP: 422,
  OGCLH: 409,
  OGDAY: 422,
  OGFUL: 409,
  OGMNY: 409,
  OGNFD: 404,
  OGOVR: 410,
  OGTWO: 409,
  OKEND: 410,
  OKFIX: 409,
  OKLAT: 422,
  OKMNY: 429,
  OKNFD: 404,
  OKNON: 409,
  ORLTR: 503,
  ORNFR: 409,
  QCCOD: 422,
  QCDAY: 422,
  QCDUP: 409,
  QCEND: 410,
  QCFRE: 409,
  QCFST: 409,
  QCGON: 404,
  QCMIN: 422,
  QCMNY: 409,
  QCNFD: 422,
  QCNUM: 422,
  QCOFF: 422,
  QCOUT: 409,
  QCTWO: 409,
  QPAGR: 422,
  QPEND: 409,
  QPNFD: 404,
  QPTRM: 409,
  RCGRP: 409,
  RCSTA: 409,
  RCTRM: 409,
  RPFIX: 409,
  RPMNY: 429,
  RPNFD: 404,
  RPNOW: 409,
  RPTWO: 409,
  RPWHY: 422,
  RPWRD: 422,
  RVBOD: 422,
  RVEAR: 409,
  RVFRE: 409,
  RVLAT: 410,
  RVMON: 409,
  RVNFD: 404,
  RVNOT: 422,
  RVRAT: 422,
  RVREF: 409,
  RVRPB: 422,
  RVRPL: 410,
  RVRPT: 409,
  RVTWO: 409,
  UCNFD: 404,
  UPLIC: 422,
  UPNAM: 422,
  UPNML: 422,
  UPONB: 403,
  UPSGN: 401,
  UPSTA: 422,
  UPZON: 422,
  WTDAT: 409,
  WTDAY: 422,
  WTMNY: 429,
  WTNFD: 404,
  WTOVR: 409,
} as const satisfies Record<string, number>;

type DomainCode = keyof typeof STATUS_BY_CODE;

export type DomainError = {
  code: DomainCode;
  message: string;
  status: number;
  /** Which part of what was sent is refused, where the code alone does not say; empty otherwise. */
  detail: string;
};

export type Result<Value> = { ok: true; value: Value } | { ok: false; error: DomainError };

/**
 * Turns a database answer into a value a route can branch on.
 *
 * @param response what supabase-js returned
 * @returns the data, or a refusal that one of our own functions raised, worded for a person
 * @throws the database's error when it is not one of ours: that is a bug, not an answer
 */
export function toResult<Value>(response: PostgrestSingleResponse<Value>): Result<Value> {
  if (!response.error) return { ok: true, value: response.data };

  const { code, message, details } = response.error;
  if (!isDomainCode(code)) throw toError(response.error);
  return {
    ok: false,
    error: { code, message, status: STATUS_BY_CODE[code], detail: details ?? "" },
  };
}

/**
 * The data of a read that is never refused.
 *
 * @param response what supabase-js returned
 * @returns the data
 * @throws Error for any database error
 */
export function toValue<Value>(response: PostgrestSingleResponse<Value>): Value {
  if (response.error) throw toError(response.error);
  return response.data;
}

function isDomainCode(code: string): code is DomainCode {
  return Object.hasOwn(STATUS_BY_CODE, code);
}

/** PostgREST's errors are not always `Error`s; without a stack nobody finds the query. */
function toError(error: { code: string; message: string; hint?: string | null }): Error {
  return new Error(`Database error ${error.code}: ${error.message}`, { cause: error });
}
