/* SPDX-License-Identifier: EUPL-1.2 */
/* refuse: refers in a circle: ./a.js */
import "./a.js";
