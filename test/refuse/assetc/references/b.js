/* SPDX-License-Identifier: EUPL-1.2 */
/* refuse: refers to a file that is not in the list of assets: ./nowhere.js */
import { a } from "./nowhere.js";
/* refuse: refers to a file that is not in the list of assets: ../nowhere.js */
import("../nowhere.js");
a();
