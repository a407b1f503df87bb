// The components' own behaviour. Every page works without it.
import { initAll } from "./govuk.js";
initAll();
