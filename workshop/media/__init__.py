"""Photos and voice notes as bytes: what is taken, how a photo is drawn anew, where the files stand."""
