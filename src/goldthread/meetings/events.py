"""What can happen to meetings and what comes of them."""

from goldthread.audit.events import Event, Events

EVENTS = Events(
    Event("cycle:set", "{by} set {thing}, which makes {count} meetings."),
    Event("meeting:planned", "{by} planned {thing}."),
    Event("meeting:moved", "{by} moved a meeting from {was}; it is now {thing}: {why}"),
    Event("meeting:cancelled", "{by} cancelled {thing}: {why}"),
    Event("item:added", "{by} put {thing} on the agenda."),
    Event("item:changed", "{by} changed {thing}."),
    Event("attendance:recorded", "{by} recorded that {count} were at {thing}."),
    Event("minutes:written", "{by} wrote the minutes of {thing}."),
    Event("minutes:agreed", "{by} recorded that the minutes of {thing} were agreed at {later}."),
    Event("decision:taken", "{by} recorded decision {thing}, by {how}."),
    Event("position:recorded", "{by} recorded {thing}."),
    Event("action:raised", "{by} raised {thing} for {owner}, by {due}."),
    Event("action:said-done", "{by} said that {thing} is done."),
    Event("action:closed", "{by} closed {thing} as {state}."),
    Event("interest:declared", "{by} recorded {thing}; they {how}."),
)
