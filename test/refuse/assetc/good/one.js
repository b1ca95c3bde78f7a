/* SPDX-License-Identifier: EUPL-1.2 */
import { two } from "./two.js";
import("./two.js").then(() => two);
two("https://example.org");
