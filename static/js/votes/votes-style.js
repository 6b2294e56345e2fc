/** The style of votes, for a page that came before there was one to show. */
import rules from "../../css/board/votes.css";
import { wear } from "../shell/wear.js";

wear(rules);
