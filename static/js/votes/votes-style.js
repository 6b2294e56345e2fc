/** The style of votes and their icons, for a page that came before there was one to show. */
import rules from "../../css/board/votes.css";
import lock from "icon:lock";
import minus from "icon:minus";
import plus from "icon:plus";
import { bring } from "../shell/outlines.js";
import { wear } from "../shell/wear.js";

wear(rules);
bring({ lock, minus, plus });
