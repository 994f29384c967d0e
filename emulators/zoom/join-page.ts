import { Hono } from "hono";
import type { Context } from "hono";

import { html, page, type Html } from "../shared/page.ts";
import type { EmulatorEnv } from "../shared/serve.ts";
import { joinMeeting, leaveMeeting } from "./live.ts";
import { encryptedPassword } from "./meeting-object.ts";
import { meetingFacts, meetingPage, participantList } from "./meeting-view.ts";
import { REGISTRATION_OFF } from "./registrants.ts";
import { present, runningInstance, type Meeting } from "./state.ts";
import { findMeeting, type Zoom } from "./zoom.ts";

type RequestContext = Context<EmulatorEnv, "/:meetingId">;

/** `/j/{id}?pwd=`: what a guest sees behind a join link. */
export function joinPages(zoom: Zoom) {
  const app = new Hono<EmulatorEnv>();

  app.get("/:meetingId", (context) => {
    const meeting = findMeeting(zoom, context.req.param("meetingId"));
    const stay = context.req.query("in");
    return stay ? insideView(zoom, context, meeting, stay) : joinView(context, meeting);
  });

  app.post("/:meetingId", async (context) => {
    const meeting = findMeeting(zoom, context.req.param("meetingId"));
    const form = await textFields(context);
    if (needsRegistration(meeting, context)) return joinView(context, meeting);
    if (!knowsPasscode(meeting, form)) {
      return joinView(context, meeting, "That passcode is not right. Please try again.");
    }
    const name = form.name?.trim();
    if (!name) return joinView(context, meeting, "Please enter your name.");

    const customerKey = form.customer_key?.trim() || undefined;
    const registrantId = registrantOf(meeting, context)?.id;
    const joined = joinMeeting(zoom, meeting, { name, customerKey, registrantId });
    if ("refused" in joined) return joinView(context, meeting, joined.refused);
    return context.redirect(`/j/${meeting.id}?in=${joined.uuid}`, 303);
  });

  app.post("/:meetingId/leave", async (context) => {
    const meeting = findMeeting(zoom, context.req.param("meetingId"));
    const form = await textFields(context);
    leaveMeeting(zoom, meeting, form.in ?? "", new URL(context.req.url).origin);
    return context.redirect(`/j/${meeting.id}?in=${encodeURIComponent(form.in ?? "")}`, 303);
  });

  return app;
}

function joinView(context: RequestContext, meeting: Meeting, problem?: string) {
  const registrant = registrantOf(meeting, context);
  if (needsRegistration(meeting, context)) {
    const body = html`<p>This meeting requires registration. Please use the link made for you.</p>`;
    return context.html(meetingPage(meeting, body), 403);
  }
  const hasLinkPasscode = context.req.query("pwd") === encryptedPassword(meeting);
  const { search } = new URL(context.req.url);
  const body = html`${meetingFacts(meeting)}
    ${problem ? html`<p class="bad" role="alert">${problem}</p>` : ""}
    <form method="post" action="/j/${meeting.id}${search}" class="card">
      <label
        >Your name
        <input name="name" required autocomplete="name" value="${registrant?.first_name ?? ""}" />
      </label>
      ${
        hasLinkPasscode
          ? ""
          : html`<label>Passcode <input name="passcode" required autocomplete="off" /></label>`
      }
      <label>
        Customer key (for tests)
        <input name="customer_key" autocomplete="off" />
      </label>
      <button>Join</button>
    </form>`;
  return context.html(meetingPage(meeting, body), problem ? 422 : 200);
}

function insideView(zoom: Zoom, context: RequestContext, meeting: Meeting, stay: string) {
  const instance = runningInstance(meeting);
  const isIn = instance && present(instance).some(({ uuid }) => uuid === stay);
  const body = isIn
    ? html`<p role="status">You are in the meeting.</p>
        ${instance.isRecorded ? html`<p>This meeting is being recorded.</p>` : ""}
        ${participantList(instance)}
        <form method="post" action="/j/${meeting.id}/leave">
          <input type="hidden" name="in" value="${stay}" />
          <button>Leave</button>
        </form>`
    : outsideNote(zoom, meeting);
  return context.html(meetingPage(meeting, body));
}

function outsideNote(zoom: Zoom, meeting: Meeting): Html {
  const state = runningInstance(meeting) ? "You have left the meeting." : "The meeting has ended.";
  return html`<p role="status">${state}</p>
    <p><a href="${zoom.options.appOrigin}">Back to the site</a></p>`;
}

function knowsPasscode(meeting: Meeting, form: Record<string, string>): boolean {
  return form.pwd === encryptedPassword(meeting) || form.passcode === meeting.password;
}

/** With registration on, the meeting's own link leads to a form; only personal links let in. */
function needsRegistration(meeting: Meeting, context: RequestContext): boolean {
  const isOn = meeting.settings.approval_type !== REGISTRATION_OFF;
  return isOn && registrantOf(meeting, context) === undefined;
}

function registrantOf(meeting: Meeting, context: RequestContext) {
  const ticket = context.req.query("tk");
  return meeting.registrants.find((registrant) => registrant.ticket === ticket);
}

/** The form's text fields, and the link's passcode, which stays in the address. */
async function textFields(context: RequestContext): Promise<Record<string, string>> {
  const form = await context.req.parseBody();
  const fields = Object.entries({ pwd: context.req.query("pwd"), ...form });
  return Object.fromEntries(
    fields.filter((field): field is [string, string] => typeof field[1] === "string"),
  );
}

/** The answer of the hosted pages when a meeting is not there. */
export function missingPage(message: string): Html {
  const body = html`<p>${message}</p>
    <p class="soft">It may have been cancelled. Ask the person who invited you.</p>`;
  return page({ title: "This meeting link is invalid", emulator: "Zoom", body });
}
