"""What can happen to people, organisations, groups and what they agreed."""

from goldthread.audit.events import Event, Events

EVENTS = Events(
    Event("partnership:founded", "{by} set up {thing}."),
    Event("partnership:changed", "{by} changed the name, vision or looks of {thing}."),
    Event("organisation:added", "{by} added {thing}."),
    Event("organisation:changed", "{by} changed what is known of {thing}."),
    Event("person:added", "{by} added {thing}, of {organisation}."),
    Event("person:changed", "{by} changed what is known of {thing}."),
    Event("person:closed", "{by} closed the account of {thing}: {why}"),
    Event("invitation:sent", "{by} sent an {thing}."),
    Event("invitation:withdrawn", "{by} withdrew an {thing}."),
    Event("invitation:accepted", "{by} accepted an invitation and can sign in."),
    Event("account:made", "{by} can sign in, through their organisation."),
    Event("account:signed-in", "{by} signed in."),
    Event("account:signed-out", "{by} signed out."),
    Event("account:secured", "{by} changed how they sign in: {what}."),
    Event("group:opened", "{by} opened {thing}, accountable to {above}."),
    Event("group:changed", "{by} changed {thing}."),
    Event("group:closed", "{by} closed {thing}."),
    Event("role:given", "{by} gave a role: {thing}, from {start}."),
    Event("role:ended", "{by} ended a role: {thing}, on {end}."),
    Event("deputy:named", "{by} named a deputy: {thing}."),
    Event("deputy:ended", "{by} ended a deputy’s term: {thing}."),
    Event("nominee:named", "{by} nominated {thing} to facilitate the sharing of information."),
    Event("terms:drafted", "{by} wrote {thing}."),
    Event("terms:adopted", "{by} recorded that {thing} were adopted by {decision}."),
    Event("constitution:drafted", "{by} wrote the {thing}."),
    Event("constitution:adopted", "{by} recorded that the {thing} was adopted by {decision}."),
)
