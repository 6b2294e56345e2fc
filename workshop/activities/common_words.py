"""Lists the words that every sentence has in Spanish, French, English and Quechua (stop words), without accents.

What turns a sentence around (no, sin, contra, más, mana) is none of them: «sin agua» is not «agua».
"""
COMMON = frozenset("""
a al algun alguna algunas algunos ante asi aun aunque cada como con cual cuales cuando de del desde donde e el ella ellas
ellos en entre era eran es esa esas ese eso esos esta estas este esto estos estan fue fueron ha han hasta hay la las le les
lo los me mi mis mismo misma muy nos nosotros nosotras nuestra nuestras nuestro nuestros o os para pero por porque pues que
quien quienes se sea sean ser si sobre son soy su sus tal tambien tan te tiene tienen tu tus u un una unas uno unos usted
ustedes y ya yo
afin ai ainsi alors as au aussi autre autres aux avec avez avoir c car ce ceci cela celle celles celui ces cet cette ceux
chaque chez comme comment d dans des donc dont du elle elles est et etaient etait ete etes etre eu eux fait faut furent
fut ici il ils j je l leur leurs lui m ma mais me meme memes mes mon n ne notre nos on ont ou par parce pour puis qu quand
quel quelle quelles quels qui quoi s sa se selon ses si soi soit sommes son sont suis sur t ta te tes toi ton tres tu un
une vers voici voila vos votre vous y
about all also am an and any are as at be because been being but by can could did do does doing for had has have having he
her here hers him his how i if in into is it its just like may me my of or our ours she should so some such than that the
their theirs them then there these they this those to too us very was we were what when where which while who whom whose
why will with would you your yours
achka ama ari chay chaykuna chaymanta chaymi chaypi chayqa chayta haqay hina hinaspa hinataq huk icha icharaq ichaqa ima
imata imapas imayna kanki kani kachkan kan kanku karqan kay kaykuna kaymanta kaymi kaypi kayqa kayta kunan lliw llapa
llapan maypi may mayqin nuqa nuqaykuna nuqayku nuqanchik nuqanchis noqa noqanchis noqayku paqmi pay paykuna paypa pi pim
pitaq qam qamkuna qan qankuna tukuy utaq wakin
""".split()) - {"ama"}  # noqa: SIM905
