import { html, page, type Html } from "../shared/page.ts";
import { present, type Instance, type Meeting } from "./state.ts";

/** A page about one meeting. */
export function meetingPage(meeting: Meeting, body: Html): Html {
  return page({ title: meeting.topic, emulator: "Zoom", body });
}

/** When it is and which number it has. */
export function meetingFacts(meeting: Meeting): Html {
  const when = new Intl.DateTimeFormat("en-US", {
    dateStyle: "full",
    timeStyle: "short",
    timeZone: meeting.timezone,
  }).format(Date.parse(meeting.startTime));
  return html`<dl class="card">
    <dt>Planned</dt>
    <dd>${when} (${meeting.timezone}), ${meeting.duration} minutes</dd>
    <dt>Meeting ID</dt>
    <dd>${meeting.id}</dd>
  </dl>`;
}

/** Who is in the meeting. */
export function participantList(instance: Instance): Html {
  return html`<h2>In this meeting</h2>
    <ul>
      ${present(instance).map(
        (participant) => html`<li>${participant.name}${participant.isHost ? " (host)" : ""}</li>`,
      )}
    </ul>`;
}
