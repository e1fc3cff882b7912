"""English: what people ask and how they are answered.

Words only; which tool answers what is known to the planner. Sentences stand in
`english_sentences.py`, captions in `wording/english.py`.
"""

from dataclasses import replace

from agent.languages.english_sentences import CLASSES, SENTENCES, SUGGESTIONS
from agent.languages.speech import Grammar, Speech, phrases_of, words_of
from wording.english import ENGLISH


def _either(phrases: str) -> tuple[str, ...]:
    """Phrases between bars."""
    return tuple(phrase.strip() for phrase in phrases.split("|"))


WORDS = {
    "northern half": "northern half",
    "southern half": "southern half",
    "western half": "western half",
    "eastern half": "eastern half",
    "aoi": "area of interest",
    "appeared": "new",
    "vanished": "gone",
    "kept": "kept",
    "grown": "grown",
    "shrunk": "shrunk",
    "moved": "moved",
    "split": "split",
    "merged": "merged",
    "increase": "increase",
    "decrease": "decrease",
}

_LEXICON = {
    # What things are called.
    "thing:building": (
        "building*|house*|home|homes|roof|roofs|rooftop*|structure|structures|dwelling*|hut|huts|"
        "shed|sheds|warehouse*|villa|villas|apartment*|cabin*|barn|barns|bldg*|housing|"
        "building stock|housing stock|constructions|built structure*|bungalow*|cottage*|garage*|"
        "skyscraper*|tower block*|mansion*|office block*|residence*|residential building*|hangar*|"
        "edifice*|outbuilding*|accommodation|bldgs|premises|properties built|addresses built|"
        "estate houses|roofed structures|houses and sheds|built objects|domiciles|homestead|"
        "homesteads|roof tops|stock of buildings|house stock|building inventory|standing stock|"
        "built stock|bldg|blds|bld|blgs|dwellings|hse|hses|household buildings|built environment|"
        "building units|housing units count|tenement*|townhouse*|town house*|terraced house*|"
        "semi detached|detached house*|duplex*|condo|condos|condominium*|shack*|shanties|shanty|"
        "lodge|lodges|chalet*|farm building*|outhouse*|annex|annexe*|extension building*|office|"
        "offices|office building*|commercial building*|industrial building*|real estate|"
        "estate homes|new builds stock|constructed objects|rooves|roofing|rooftops|habitation*|"
        "abode*|quarters built|housing objects|man made structure*|edifices|houses"
    ),
    "thing:building+appeared": (
        "new build|new builds|newbuild*|construction|construction activity|construction work|"
        "new construction|new constructions|building activity|new development|new developments|"
        "house building|housebuilding|new home construction|building work|building boom|"
        "construction boom|house construction|residential construction|new housing|new homes|"
        "building works|newly built homes|build up of houses|construction of buildings|buildup|"
        "construction progress|built development"
    ),
    "thing:building+vanished": (
        "demolition*|building loss*|teardown*|tear down|house loss*|demolition work|knockdowns|"
        "building demolition*|building removals|house demolition*|demolished stock|"
        "building destruction|house destruction|lost stock|teardowns|loss of buildings|"
        "loss of houses|loss of homes|losses of buildings|destroyed stock"
    ),
    "thing:tree": "tree|trees|palm|palms",
    "thing:vegetation": (
        "vegetation|forest*|wood|woods|woodland*|green|greenery|plants|crops|grass*|canopy|"
        "tree cover|forest cover|green cover|shrub*|jungle|rainforest*|meadow*|pasture*|mangrove*|"
        "plant cover|green space|green spaces|green land|plant life|foliage|hedge*|orchard*|"
        "vegetated|bush|bushes|veg|plant|greens|biomass cover|flora|planted area|leafy|leaf cover|"
        "leaf area|tree canopy|woodlot*|heath*|thicket*|grove|groves|underbrush|undergrowth|scrub|"
        "scrubland|grassland*|forestry|vegetative cover|vegetative|vegetal|cropland|arable|"
        "crop cover|lawn|lawns|trees and shrubs|turf|crop|plantation*|grass|lawn*|canopies|"
        "fields with plants|verdure|understory|understorey|green area*|greenspace*|cropland*|"
        "crop land|vineyard*|ndvi|plantlife|green stuff|herbage|jungle*|sapling*|seedling*|"
        "conifer*|broadleaf|deciduous|pines|oaks|spruce*"
    ),
    "thing:water": (
        "water|lake*|flood*|river water|reservoir*|pond|ponds|inundat*|wetland*|open water|"
        "water surface|sea|water body|water bodies"
    ),
    "thing:burn": "burn|burnt|burned|burning|fire|fires|wildfire*|burn scar*|scorched|fire scar*",
    "thing:regrowth": (
        "regrowth|regrown|regrow*|regrew|grown back|grew back|grow back|recovery|recovered|"
        "recovering|came back|bounced back"
    ),
    "thing:built_up": (
        "built up|builtup|urban*|settlement*|sealed|impervious|developed land|urban sprawl|"
        "city growth|paved|development"
    ),
    "thing:backscatter": "backscatter|radar signal|radar return",
    "thing:index": "index",
    "thing:vehicle": "vehicle*|car|cars|truck*|lorry|lorries|van|vans",
    "thing:ship": "ship|ships|boat|boats|vessel*",
    "thing:aircraft": "aircraft|plane|planes|airplane*|aeroplane*",
    "thing:tank": "storage tank*|tank|tanks",
    "thing:container": "container|containers",
    "thing:road": "road surface*",
    "thing:field": "field|fields",
    "thing:any": (
        "any difference|any differences|change|changes|object|objects|thing|things|anything|"
        "something|everything|difference|differences|damage*|destruction|changed area|"
        "changed object*|changed area*|alteration*|stuff|spot|spots|changed patch*|patch|patches|"
        "changed ground|changed land|change area*|nothing|no change|no changes|separate change*|"
        "modification*|disturbance*|any difference between the dates|"
        "any difference between the two dates|any difference between the images|"
        "any differences between the dates|any differences between the images|"
        "any change between the dates|changed spot*|change patch*|impact*|modified area|"
        "altered area|affected area|affected areas|affected ground|affected land|affected surface|"
        "changed pixels|change pixels|changed surface|hits|detections|detected objects|"
        "change objects|findings on the ground|any activity|activity|happenings|"
        "events on the ground|any sign of change|signs of change|anything at all|anything going on|"
        "anything happen|developments|obj|objs|chg|chgs|chng|chngs|changed zone*|change zone*|"
        "affected zone*|damaged zone*|impacted zone*|modified zone*|altered zone*|changed part*|"
        "changed bit*|changed place*|changed location*|changed feature*|change feature*|"
        "changed region*|affected place*|affected part*|affected spot*|changed site*|change site*|"
        "affected site*|changed location|change polygon*|changed polygon*|change blob*|"
        "changed blob*|blob|blobs|change region*|change cluster*|changed cluster*|"
        "segments of change|damaged area*|damaged ground|damaged part*|damaged spot*|"
        "damaged place*|alterations|transformation*|deviation*|discrepanc*|anomal*|irregularit*|"
        "novelty|novelties|upheaval|disruption*|shake up|altered site*|changed item*|sites|items|"
        "instances|elements|entities|incidents|occurrences|altered spot*|altered patch*|"
        "altered place*|altered part*|altered object*|anything moved|anything moving|"
        "something moved|anything move|any movement|anything shifted|anything stirring|"
        "anything unusual|something unusual|anything notable|anything remarkable|"
        "anything interesting|anything worth"
    ),
    "piece:any": (
        "patch|patches|spot|spots|object|objects|piece|pieces|thing|things|single ones|"
        "individual ones|separate ones|polygons|obj|objs|blob|blobs|segments"
    ),
    "quant:lot": "a lot|lots of|a lot of|alot|lots|a whole lot|quite a lot",
    # What became of them.
    "state:appeared": (
        "new|newly|appear|appeared|appearing|appears|built|added|constructed|erected|gained|"
        "came up|sprang up|emerged|additional|arrived|new ones|put up|created|popped up|develop|"
        "developed|brand new|newly built|has come|was gained|were gained|grew up|new built|erect|"
        "build|construct|constructing|construct*|spring up|sprung up|new since|added since|"
        "were built|was built|recently built|come up|risen|raised|set up|newly erected|"
        "newly appeared|newly constructed|up since|fresh|pop up|showed up|show up|went up|gone up|"
        "has gone up|have gone up|not there before|were not there|was not there|werent there|"
        "wasnt there|not present before|did not exist before|didnt exist before|not there yet|"
        "on top|came on top|in addition|sprouted|sprout*|shot up|springing up|popping up|turned up|"
        "did not exist|didnt exist|did not yet exist|not yet there|not yet exist|were not yet|"
        "was not yet|newcomer*|arrival*|addition|additions|newly added|recently added|"
        "recently constructed|popped into|cropped up|sprung|came into being|came into existence|"
        "come into existence|being built|been built|been put up|been erected|been added|"
        "has been built|have been built|newly visible|first seen|only in the second|"
        "only on the second|only in the later|only on the later|only at the later|additionally|"
        "gets built|got built|gotten built|goes up|going up|mushroomed|materialised|materialized|"
        "completed|finished building|put in place|put there|new arrivals|new addition|"
        "new additions|newbies|newer ones|recent ones|recent buildings|recent construction|rebuilt|"
        "reconstructed|rebuild|rebuilding|newly put up|put up since|put up there|added there|"
        "added here|sprung up since|shot up since|has been erected|newly erected ones|newcomers|"
        "newly arrived|were put up|was put up|got put up|being put up|went in|have gone in|"
        "have come up|had come up|came along|was there not before|didnt use to be there|"
        "not existing before|unseen before|previously absent|absent before|absent in the first|"
        "absent from the first|absent at the first|not in the first|not on the first|"
        "not in the earlier|not on the earlier|not in the old|not on the old|only now|freshly|"
        "fresh built|freshly built|since built|built since|since erected|erected since|"
        "raised since|completed since|finished since|delivered since|delivered|realised|realized|"
        "came into view|came on|coming up|coming into|newest|latecomer*|recently finished|"
        "recently erected|recently appeared|recently completed|emerging|emerge|emerges|"
        "materialise*|materialize*|spawned|inaugurated|established since"
    ),
    "state:vanished": (
        "gone|vanish|vanished|vanishes|disappear*|lost|demolish*|removed|destroyed|torn down|"
        "missing|missing ones|lose|loss|losses|were removed|cleared|went missing|knocked down|"
        "razed|no longer there|pulled down|cut down|felled|logged|deforested|no longer stand|"
        "no longer exist|ceased to exist|got lost|was lost|were lost|has gone|were destroyed|"
        "went away|taken down|wiped out|not there anymore|demolish|bulldozed|flattened|levelled|"
        "leveled|dismantled|eliminated|knock down|pull down|tear down|wrecked|destroy|destroys|"
        "destroying|remove|vanishing|no longer standing|no longer exists|are gone|is gone|"
        "gone missing|cleared away|disappeared|losing|dying|perish*|collapsed|collapse|obliterated|"
        "were taken away|did not make it|didnt make it|not there any more|not there now|"
        "no longer present|did not survive|didnt survive|havent survived|not survive|made way|"
        "bit the dust|disappearing|wiped off|cleared off|taken away|swallowed|brought down|"
        "not any longer|went down|came down|come down|been lost|is missing|are missing now|"
        "disappearance*|vanishings|removal|removals|destruction of|erased|erasure|swept away|"
        "washed away|burned down|burnt down|reduced to rubble|knocked over|fell down|fallen|"
        "in ruins|turned to rubble|ripped down|ripped out|pulled out|chopped down|chopped|axed|"
        "grubbed up|dropped out|stopped existing|have not survived|wiped away|scrapped|"
        "decommissioned|was removed|write offs|written off|total loss|total losses|total write off|"
        "not standing any more|not standing anymore|failed to survive|did not last|lost since|"
        "gone since|ceased|casualties among|no longer visible|no longer seen|no longer to be seen|"
        "no longer in place|no longer around|no longer on the|no longer found|no longer detectable|"
        "no longer in the|pulled down since|tore down|tears down|knock downs|levelled since|"
        "ripped away|blown away|blew away|burnt|burned|destroyed since|demolished since|"
        "removed since|vanished since|disappeared since|lost since then|now missing|now gone|"
        "now absent|absent now|absent in the second|absent from the second|absent in the later|"
        "absent from the later|absent at the second|not in the second|not on the second|"
        "not in the later|not on the later|not in the new|not on the new|only before|no more there|"
        "is no more|are no more|isnt there anymore|arent there anymore|isnt there any more|"
        "arent there any more|isnt standing|arent standing|not standing|did not stand any|"
        "casualties of|fell victim|fallen victim|victims of|succumbed|collapses|collapsing|"
        "caved in|crumbled|toppled|smashed|torched|gutted|cleared out|clear felled|rubbed out|"
        "rid of|got rid of|done away with|went extinct|has vanished|have vanished|had vanished|"
        "fell away|falling away|dropped off|taken out|took down|taking down|stripped|stripped away|"
        "eradicated|extinguished|annihilated|ruined|ruin|ruins|deleted|deletion|deletions|"
        "eliminations|losses of|attrition|wastage|knockdown"
    ),
    "state:kept": (
        "kept|remain*|unchanged|stayed|persist*|still there|survived|same as before|"
        "stand at both dates|stood at both dates|at both dates|preserved|untouched|still standing|"
        "stable|survive|survives|surviving|outlast*|endure|endured|intact|did not change|"
        "not changed|has not changed|have not changed|not demolished|not destroyed|not removed|"
        "did not vanish|didnt change|hasnt changed|havent changed|didnt vanish|stayed the same|"
        "remained the same|left standing|are left|is left|left over|still stand|still stands|"
        "standing at both dates|undamaged|spared|no change in|were not demolished|"
        "were not destroyed|unaltered|unaffected|not altered|not affected|still exist|still exists|"
        "in both images|in both pictures|present in both|present at both dates|on both dates|"
        "retained|left intact|remained standing|survival|survivors|survivor|still present|"
        "still visible|still around|still intact|continue to exist|continued to exist|continuously|"
        "remained in place|in place still|remained|made it through|came through|come through|"
        "pulled through|unscathed|unharmed|unmodified|not touched|were not touched|unvaried|"
        "constant|static|carried over|stayed put|stayed up|stay standing|stayed standing|"
        "persistent|both times|at both times|on both images|still here|here to stay|withstood|"
        "stay same|stays same|stay the same|stays the same|staying the same|no change at|"
        "remain the same|remaining the same|remaining since|there at both|there both times|"
        "there in both|there on both|seen in both|seen on both|visible in both|found in both|"
        "present both|present on both|present in both images|existed at both|exist at both|"
        "existing at both|exists at both|in both scenes|on both scenes|in both pics|"
        "on both pictures|on both photos|in both photos|common to both|held up|holding up|hold out|"
        "held out|lasting|lasted|last through|still up|still in place|still existing|"
        "still remaining|still remain|still remains|unscathed ones|unhurt|undestroyed|undemolished|"
        "untouched ones|as before|same as then|same as ever|maintained|sustained|keeps standing|"
        "kept standing|kept their|escaped|escaped unharmed|got away|got through|weathered|not lost|"
        "not gone|not vanished|not disappeared|not torn down|not been demolished|"
        "not been destroyed|not been removed|not been lost|as it was|as they were|just as before|"
        "exactly as before|same as always|still the same"
    ),
    "state:grown": (
        "expand|enlarge|extend|grown|grew|enlarged|expanded|extended|got bigger|got larger|"
        "became larger|enlargement*|were extended|extension*|got extended|grown in size|"
        "increased in size|grew in size|bigger than before|larger than before|get larger|"
        "get bigger|become larger|become bigger|getting bigger|getting larger|gotten bigger|"
        "gotten larger|become more extensive|bigger now|larger now|grew larger|grew bigger|"
        "added on to|had an extension|got an extension|built onto|gained area|expanded in size|"
        "augmented|swelled|extended since|expanded since|enlarged since|increased their|"
        "increase their|grew their|increased its|has been extended|have been extended|"
        "been extended|been enlarged|been expanded|was enlarged|were enlarged|was expanded|"
        "were expanded|was extended|had been extended|added onto|built on to|got wider|"
        "became wider|widened|broadened|upsized|scaled up|swollen|outgrew|bulked up|got an annex|"
        "got added to|addition built"
    ),
    "state:shrunk": (
        "shrunk|shrank|shrunken|got smaller|became smaller|reduced in size|gotten smaller|"
        "smaller than before|decreased in size|lost size|get smaller|become smaller|"
        "getting smaller|downsized|scaled down|cut in size|reduced in area|lost area|narrower|"
        "narrowed|became narrower|contracted|partially demolished|partly demolished|"
        "partly torn down|partially torn down|partially destroyed|partly destroyed|"
        "partial demolition|been reduced|was reduced|were reduced|shrinks"
    ),
    "state:moved": "moved|relocated|shifted place|changed place|move",
    "state:split": "split|split up|divided|split into",
    "state:merged": "merged|joined together|merge|fused|joined",
    "state:increase": (
        "increase|increased|increases|gain|gains|rise|rose|growth|expansion|grow|growing|rising|"
        "go up|expanding|increasing|won back|regained|recouped|added back|went higher|climb|"
        "climbed|jumped|soared|multiplied|upturn|uptick|go up by|went up by|picked up|winning|won|"
        "more of|growth of|swell|swelled|surge*|escalat*|boom|boomed|thrive*|flourish*|rebound*|"
        "bounce back|bounced back|came back|come back|grew back|grown back|regrew|improve*|"
        "improvement*|uplift|ramped up|stepped up|accumulate*|proliferat*|recovered"
    ),
    "state:decrease": (
        "decrease|decreased|decreases|decline*|reduction|reduced|drop|dropped|fell|shrink|"
        "shrinking|recede*|retreat*|dried up|dry up|shrinkage|dwindle*|falling|go down|gone down|"
        "went down|declining|decreasing|dwindling|lessen*|fall off|slump*|plunge*|plummet*|"
        "downturn|went down by|came down by|lowered|diminish*|erode*|eroded|wither*|wane*|thinned|"
        "less of|fewer|worsen*|worse off|deteriorat*|degrad*|degradation|weaken*|depleted|"
        "depletion|depleting|ebb*|ebbed|subside*|lessening|die off|died off|dies off|dying off|"
        "thinning|thin out|thinned out|thinner|receding|withdrew|withdraw|setback|setbacks|"
        "downward|sinking|sank|sunk|sink|fade*|faded|fading"
    ),
    "state:changed": (
        "changed|altered|modified|affected|different|damaged|alter|transform|transformed|struck|"
        "impacted|got hit|was hit|were hit|been hit|touched|been touched|modified since|"
        "not the same|hit hard|suffered|altered since|changed since|shows change|show change|"
        "showing change|showed change|saw change|seen change|seeing change|see change|has change|"
        "have change|hit|impacted since|disturbed|disrupted|reshaped|remodelled|remodeled|reworked|"
        "redeveloped|renewed|converted|mutated|turned different|been altered|been modified|"
        "been affected|been impacted|been disturbed|got affected|got changed|got damaged|"
        "was affected|were affected|is affected|are affected|was impacted|were impacted|"
        "is impacted|are impacted|hard hit|badly affected|badly hit|heavily affected|heavily hit|"
        "strongly affected|severely affected|suffering|suffer|suffers"
    ),
    "thing:vegetation+vanished": (
        "browned|browned off|turned brown|deforestation|deforested|forest loss|tree loss|logging|"
        "clearing|clear cut|clearcut|clear cutting|clearcuts|vegetation loss*|plant loss|die back|"
        "dieback|loss of vegetation|loss of green|tree felling|cleared land|dying vegetation|"
        "defoliat*|browner|browning|less green|stripped of vegetation|tree clearance|clearance|"
        "forest clearance|land clearing|land clearance|bare now|become bare|became bare|went bare|"
        "turned bare|lost its green|lost green|lost vegetation|lost vegetation cover|lost plants|"
        "greenery loss|loss of greenery|loss of plants|loss of forest|loss of trees|"
        "loss of plant cover|green loss*|veg loss*|wilted|withered|dried up vegetation|degreened|"
        "devegetated|vegetation died|vegetation dying|trees died|trees dying|plants died|"
        "plants dying|forest died|forest dying|died back|dead vegetation|dead trees|dead forest|"
        "dying trees|dying forest|crops died|crop failure|failed crops|crop decline|"
        "vegetation decline|green died|has the vegetation died|have the trees died|"
        "have the plants died|has the forest died"
    ),
    "thing:vegetation+appeared": (
        "reforestation|afforestation|greening|greened|greened up|reforested|greener|"
        "vegetation gain*|re greening|revegetation|plant growth|vegetation growth|regreening|"
        "replant*|gain in vegetation|regreen*|more green|got greener|grew greener|greenery gain*|"
        "gain of greenery|gain of vegetation|vegetation increase|gained vegetation|gained green|"
        "new vegetation|new green|new plants|fresh green|veg gain*|green gain*|overgrown|grew over|"
        "revegetated|sprouting"
    ),
    "thing:water+appeared": "flooding|flooded|inundated|inundation|flood",
    "thing:water+vanished": "drying|dried out|drought",
    # Where.
    "place:north-west": (
        "north west|northwest|north western|northwestern|upper left|top left|nw|northwest corner|"
        "n w|north westerly"
    ),
    "place:north": (
        "north|northern third|upper part|in the top|top part|at the top|top of the image|"
        "northwards|northern edge|northern end|n vs|vs n|versus n|n versus|n side|up north|up top|"
        "upper third|far north|northern fringe|northmost|northernmost|further north"
    ),
    "place:north-east": "north east|northeast|north eastern|northeastern|upper right|top right|ne",
    "place:west": (
        "west|left side|on the left|western third|left part|w vs|vs w|versus w|w versus|w side|"
        "left hand side|left third|far left|westwards|western edge|western end|western fringe"
    ),
    "place:centre": (
        "centre|center|middle|central|central part|centre part|in the heart of the|heart of the|"
        "inner part|centrally|mid part|middle part|city centre part|midst|the core"
    ),
    "place:east": (
        "east|right side|on the right|eastern third|e vs|vs e|versus e|e versus|e side|"
        "right hand side|right third|far right|eastwards|eastern edge|eastern end|right part|"
        "eastern fringe"
    ),
    "place:south-west": "south west|southwest|south western|southwestern|lower left|bottom left|sw",
    "place:south": (
        "south|southern third|lower part|at the bottom|in the bottom|bottom part|"
        "bottom of the image|s vs|vs s|versus s|s versus|down south|lower third|far south|"
        "southern edge|southern end|southern fringe|southwards|southernmost|bottom third"
    ),
    "place:south-east": (
        "south east|southeast|south eastern|southeastern|lower right|bottom right|se"
    ),
    "place:northern half": (
        "northern half|north half|northern part|northern|upper half|top half|northern side|"
        "northern bit|upper portion|northern section|northern portion|northern zone of the image|"
        "top portion|upper side"
    ),
    "place:southern half": (
        "southern half|south half|southern part|southern|lower half|bottom half|southern side|"
        "southern bit|lower portion|southern section|southern portion|bottom portion|lower side"
    ),
    "place:western half": (
        "western half|west half|western part|western|left half|western side|western bit|"
        "western section|western portion|left portion|lefthand half"
    ),
    "place:eastern half": (
        "eastern half|east half|eastern part|eastern|right half|eastern side|eastern bit|"
        "eastern section|eastern portion|right portion|righthand half"
    ),
    "place:aoi": (
        "in the area|of the area|whole area|entire area|total area|area of interest|study area|"
        "overall|in total|everywhere|aoi|in the aoi|the scene|whole scene|entire scene|"
        "in the image|in the images|altogether|in this area|of this area|in the picture|"
        "the entire aoi|whole aoi|of the aoi|in the scene|all over|the whole place|here|"
        "of the assessed area|of the scene|of the image|whole region|entire region|area as a whole|"
        "whole map|whole study area|entire study area|whole site|across the area|"
        "across the whole area|across the scene|the whole scene|throughout|across the study area|"
        "across the whole study area|in this scene|in this image|anywhere|in this tile|this tile|"
        "in the tile|in this frame|in this shot|in my aoi|my aoi|in my area|my area|our area|"
        "in our area|my study area|for the area|for the aoi|for my aoi|in the whole scene|"
        "overall area|the full area|full scene|full aoi|full extent|complete area|complete scene|"
        "all of it|on the whole|wholesale|across the board|all areas together|all told|all in all|"
        "grand total|over the whole area|over the entire area|over the area|in the entire scene|"
        "in my scene|scene wide|area wide|scene overall|aoi wide|in the picture overall|"
        "in the aggregate|in aggregate|within the aoi|within the area|within the scene|"
        "inside the aoi|within my aoi|the aoi|municipal area|in the municipal area|"
        "the municipality|council area|urban area|town area|city area|in the municipality|in town|"
        "in the town|in the village|in the city|locally|on site|on the ground here|"
        "in the target area|target area|target|the target|area of operations|operational area|"
        "in the sector|within the perimeter|perimeter|project area|project site|"
        "in the project area|survey area|in the survey area|in the study region|study region|"
        "catchment"
    ),
    # When.
    "date:pre": (
        "old buildings|old houses|old homes|old structures|older buildings|before|earlier|"
        "at the earlier date|in the first image|previously|used to|pre|originally|initially|"
        "back then|first image|earlier image|earlier date|first date|at the first date|"
        "at the start|at the beginning|in the earlier image|in the earlier scene|old image|"
        "in the old image|in the beginning|the older image|first scene|earlier scene|original|"
        "former|at first|in the past|on the first date|on the earlier date|first picture|"
        "first photo|earlier picture|earlier photo|old picture|before image|before picture|"
        "pre image|the before|prior|in the first picture|formerly|at the outset|initial|pre event|"
        "before the event|prior to the event|at the time of the first image|on the first image|"
        "on the earlier image|<first> <image>|<at> <first> <image>|on the earlier one|t1|at t1|"
        "time one|as it was before|first year|earlier year|in the first year|on day one|"
        "at time one|time 1|at time 1|epoch one|epoch 1|at the earlier time|the earlier time|"
        "at an earlier date|at the beginning of the period|at the start of the period|"
        "to begin with|to start with|starting point|from the start|predecessor*|at baseline|"
        "baseline|on the old one|in the old one|old state|old stock|original stock|"
        "before the quake|before the storm|before the flood|before the fire|before the disaster|"
        "before the change|before all this|beforehand there|was there before|were there before|"
        "pre disaster|pre quake|pre flood|pre storm|pre fire|year before|the year before|"
        "in the earlier year|at the earlier point|in the earlier period|earlier stock|"
        "the older one|once upon a time|the earlier one|the old one|in the earlier one|"
        "at the earlier one|in the first one|on the first one|in the previous one|the previous one|"
        "in the older one|on the older one"
    ),
    "date:post": (
        "after|later|now|today|currently|at the later date|in the second image|afterwards|post|"
        "present|second image|later image|later date|second date|at the second date|at the end|"
        "in the later image|in the later scene|new image|newer image|in the new image|nowadays|"
        "recent image|latest image|in the latest image|second scene|later scene|by now|current|"
        "at present|on the second date|on the later date|second picture|second photo|later picture|"
        "later photo|new picture|after image|after picture|post image|these days|at the moment|"
        "as of today|right now|last date|last image|most recent image|post event|after the event|"
        "present day|in the second picture|existing|on the second image|on the later image|latest|"
        "t2|<second> <image>|<at> <second> <image>|on the later one|at t2|time two|second year|"
        "later year|in the second year|at time two|time 2|at time 2|epoch two|epoch 2|"
        "at the later time|the later time|at a later date|at the end of the period|todays|of today|"
        "present stock|current stock|as things stand|as it stands|as of now|up to date|"
        "on the new one|in the new one|new state|after the quake|after the storm|after the flood|"
        "after the fire|after the disaster|post disaster|post quake|post flood|post storm|"
        "year after|the year after|in the later year|in the later period|at the later point|"
        "up to now|to date|the newer one|at this point|this year|and the later one|the later one|"
        "the second one on|in the more recent one|on the more recent one|the more recent one|"
        "the newest one|the latest one|in the latest one|at the later one|in the second one|"
        "on the second one|the recent one"
    ),
    "span:both": (
        "between the acquisitions|between the two acquisitions|between the dates|"
        "between the two dates|between both dates|between the images|between the two images|"
        "between both images|between the scenes|between the two scenes|between pre and post|"
        "over time|over the period|over this period|over that period|during the period|"
        "during this period|in the period|since the first date|since the first image|"
        "since the earlier date|since the earlier image|since then|"
        "from the first to the second image|from the first to the second date|from pre to post|"
        "from the earlier to the later date|over the year|over the years|in the year between|"
        "between the two pictures|between the pictures|between the photos|"
        "from one date to the other|from one image to the other|between t1 and t2|meanwhile|"
        "than a year ago|a year ago|on the second date compared to the first|since last time|"
        "during that time|in that time|in the time between|since before|between <both> <image>|"
        "from <the> <first> to <the> <second> <image>|since the <first> <image>|over the <image>|"
        "from <first> to <second>|since the survey|between then and now|over that time|"
        "throughout the period|in the meantime between|from one <image> to the other|"
        "between <both> two <image>|in the time between <both> <image>|between those dates|"
        "between these dates|between those two dates|between these two dates|"
        "between the two passes|between passes|between the passes|between both passes|"
        "between flights|between the flights|between both flights|in the interval|"
        "over the interval|during the interval|in the intervening time|in the intervening period|"
        "in the time span|over the time span|in this time frame|in that time frame|"
        "in this timeframe|over this time|in the observation period|over the observation period|"
        "during the observation period|within the period|since the start|since the beginning|"
        "from date one to date two|from then to now|between june and june|between the years|"
        "between both years|between the two years|over the past year|in the past year|"
        "over the last year|within a year|within the year|in a year|from one year to the next|"
        "from one year to the other|year on year|year over year|between the flyovers|"
        "between the surveys|between the two surveys|between the epochs|between both epochs|"
        "in the meantime|in the mean time|in between|in between the dates|in the interim|"
        "ever since|from then until now|from then till now|since the earlier one|since the old one|"
        "between both|between the two|from before to now|between visits|between acquisitions|"
        "between captures|across the two dates|across both dates|in the course of the year|"
        "during the year|over the twelve months|in twelve months"
    ),
    # What is wanted.
    "ask:count": (
        "tally|tally of|no of|nr of|nos of|numer of|how may|how many of my|how many|number of|"
        "count of|total number|amount of|how often|quantity of|numbers of|the number|how numerous|"
        "num of|counts|the count|the total number|report number|report the number|report how many|"
        "report count|report the count|headcount|qty|how many individual|building count|"
        "house count|count for|quantity|nb of|number|building stock|housing stock|stock of|"
        "inventory of|object number|num|how manny|howmany|how many are there|number please|"
        "numbers please|whats the number|what is the number|whats the count|what is the count|"
        "total count|in figures|count please|head count|how high is the number|"
        "how large is the number|how big is the number|how many exactly|how many units|"
        "give the count|give the number|give count|give number|give me the number|"
        "give me the count|give me a count|a count of|a number for|figure for|the figure for|"
        "figures for|count how many|how many altogether|how many in all|nos|no. of|enumeration|"
        "bldg count|object count|n of|n =|number n|cnt|counted number|the tally|total number of|"
        "how many in number|count pls|count pls of|numeric count|what number of|which number of|"
        "the amount of|sum total of"
    ),
    "ask:howmuch": (
        "how much|to what extent|what amount|how strongly|how heavily|to which extent|how badly|"
        "how severely|howmuch|how big a part|how much in all|how massive|how substantial|"
        "how significant is the|how drastic|how severe|how serious"
    ),
    "ask:area": (
        "floor space|floor area|built over area|how much area|how much land|how much ground|"
        "how much surface|area|areas covered|size of|how large|how big|extent|footprint|surface|"
        "surface area|how extensive|area of|total area of|areal extent|how many hectares|"
        "how many ha|how many km2|how many m2|how many square kilometre*|"
        "how many square kilometer*|how many square metre*|how many square meter*|how many acres|"
        "acreage|hectarage|how wide an area|what area|area covered|the area|covered area|the size|"
        "total area|area in total|sum of areas|how large an area|how big an area|"
        "built up footprint|footprints|sqm of|square metres of|square meters of|hectares of|"
        "total footprint|ground cover|ground covered|report the area|report area|surface covered|"
        "how many sqm|how many sq m|how much space|how much room|land area|roof area|land covered|"
        "land lost|space taken|amount of land|amount of ground|take up|square footage|built area|"
        "total built area|total surface|total ground|total land|ground area|ground footprint|"
        "land take|land consumption|surface consumption|area affected|area changed|area lost|"
        "area gained|area size|area in|area total|area sum|combined area|combined footprint|"
        "summed area|aggregate area|aggregate footprint|overall footprint|overall surface|"
        "total size|acres of|acreage of|what size|how sizeable|how spacious|how expansive|"
        "how many sq metres|how many sq meters|how much roof|roof surface|how much square|"
        "floor print|floorprint|plan area|size in|the surface|what surface|which surface|"
        "how much terrain|in terms of surface|size total|spatial extent|the extent of|"
        "how much area in|land mass"
    ),
    "ask:share": (
        "building coverage|building cover|share|percent|percentage|percent*|proportion|fraction|"
        "how much of|what part of|portion|what share|per cent|ratio of changed|how many percent|"
        "% of|what %|%|what fraction|what percentage|what proportion|what percent|pct|what portion|"
        "relative share|relative area|which share|which percentage|which proportion|"
        "percentage wise|how large a share|how big a share|relative amount|rate|rates|what rate|"
        "quota|percentage of|percent of|share of|fraction of|proportion of|portion of|"
        "what percentage of|as a percentage of|as a share of|as a fraction of|as a proportion of|"
        "how many in percent|how much percent|in percentage terms|in percentage|% share|"
        "percent share|percentage share|relative to the total|relative to all|out of all|what part|"
        "how great a share|how large a proportion|how large a part|how big a proportion|"
        "how big a part|how high a share|how high is the share|how high is the percentage|"
        "one in how many|coverage ratio|ground coverage|ground coverage ratio|site coverage|"
        "plot coverage|built up ratio|land cover share|coverage by buildings|coverage of buildings|"
        "procent|prosent|persent|pourcent"
    ),
    "of:change": (
        "of the change|of all change|of all changes|of the changes|of the changed area|"
        "of the total change|of what changed|of change|of the damage|of all the change|"
        "of all detected change|of the detected change|of change overall|of the loss|of all loss|"
        "of all the loss|of the change area|of total change|of the change total|of total chg|"
        "of all chg|of tot chg|of chg|of total changes|of the overall change|of overall change|"
        "of the entire change|of the whole change|of everything that changed|of all that changed|"
        "of whatever changed|of all changed ground|of all changed area|of the change in the|"
        "of the detected changes|of all detected changes|of the whole loss|of the total loss|"
        "of the entire loss|of all losses|of the whole gain|of the total gain|of all gains|"
        "of the overall loss|of the entire gain|of the whole damage|of total damage|of total loss|"
        "of whole change|of whole loss|of the detected loss|of all detected loss"
    ),
    "of:objects": (
        "of all|of the buildings|of the objects|of all buildings|of all objects|of them|"
        "of our buildings|of the houses|of all houses|of the homes|of the original|"
        "of the structures|of my buildings|of the earlier|of the former|of existing|"
        "of all the buildings|of the building stock|of the stock|of the old stock|"
        "of the original stock|of the earlier stock|of todays stock|of the present stock|"
        "of the current stock|of the housing stock|of the existing stock|of all structures|"
        "of the total stock|of those|of what stood|of everything that stood|of what was there|"
        "of the buildings that|of all homes|of the pre|of the initial|of original buildings|"
        "of the houses that"
    ),
    "of:valid": (
        "of the ground|of the land|of the area|of the scene|of the aoi|of the image|of the surface|"
        "of the territory|of the study area|of the total area|of the whole area|of the entire area|"
        "of the assessed area|of the assessed ground|of the terrain|covered by|covered with|"
        "built over|of the map|of all ground|of all land|of the area of interest|of the region|"
        "of the site|of the ground area|of the land area|take up|taken up by|occupied by|"
        "ground covered|land covered|of all assessed ground|of all assessed land|of the assessable|"
        "of the usable|of the land surface|of the whole scene|of the entire scene|"
        "of the whole image|of the entire image|of the whole map|of the tile|of the frame|"
        "of the full area|of the aoi area|of the scene area|of the total ground|of the total land|"
        "of the ground surface|is built over|are built over|is covered|are covered|is sealed|"
        "is under roof|under roof|under roofs|coverage ratio|ground coverage|ground coverage ratio|"
        "building coverage|building cover|site coverage|plot coverage|built up ratio|"
        "coverage by buildings|coverage of buildings"
    ),
    "ask:density": (
        "density|densities|dense|densely|denser|per square kilomet*|per km2|per sq km|"
        "per square km|how crowded|dense built|denser built|densely built|per hectare|per ha|"
        "per acre|packed|most crowded|how tightly|sq km density|per km|each square kilometre|"
        "to the square kilometre|built up density|building density|how densely built|"
        "how close together|how tightly packed|buildings per|houses per|per unit area|per area|"
        "crowdedness|how concentrated|compactness|structures per|objects per square"
    ),
    "ask:length": (
        "how long|length|lengths|total length|how many kilometres of|how many kilometers of|"
        "how many metres of"
    ),
    "ask:average": (
        "average|mean|typical|on average|average size|mean size|typical size|average area|"
        "mean area|typically|avg|average footprint|mean footprint|typical footprint|usual size|"
        "average building|in the mean|normal size|mean value|how big on average|"
        "how large on average|average one|the average|on the average|arithmetic mean|ordinary size|"
        "size on average|common size|standard size|expected size|per building|per house|per object|"
        "per patch|per structure|for a typical|of a typical|a typical|averaged|averages"
    ),
    "ask:median": "median|median size|median area|middle value|medians|50th percentile|middle size",
    "ask:yesno": (
        "is there|are there|was there|were there|did|has|have|does|is|are|was|were|any|do|"
        "can you see|could you find|do you see|has there been|have there been|is something|"
        "did you find|did anything|is anything|could you spot|can you spot|can we see|do we see|"
        "do we have|is it the case|is it so|will i find|would i find|can i find|can one see|"
        "did we see|did you see|did you notice|did you spot|did you detect|have you found|"
        "have you seen|have you detected|got any|anything to report"
    ),
    "ask:compare_dates": (
        "both years|for both years|in both years|delta of|delta in|loss vs gain|gain vs loss|"
        "losses and gains|gains and losses|loss and gain|gain and loss|gains vs losses|"
        "how did the area|how did the built area|how has the number|how has the area|"
        "how did the amount|how has the amount|before and after|before vs after|"
        "before versus after|then and now|increase or decrease|more or fewer|more or less|"
        "grow or shrink|compared to before|compared with before|difference between the dates|"
        "increase or decline|gain or loss|both dates side by side|compare the dates|"
        "compare both dates|more now than before|fewer now than before|more than before|"
        "fewer than before|less than before|at each date|at either date|pre and post|pre vs post|"
        "before after|earlier and later|grew or shrank|how did the number|by how many percent|"
        "by what percentage|percent change|percentage change|rise or fall|"
        "more or fewer than before|in comparison to before|relative to before|earlier vs later|"
        "now versus then|now vs then|then vs now|after vs before|after compared to before|"
        "how has the count|how did the count|before and now|was and is|how does the number|"
        "change in number|change in the number|change in numbers|change in area|"
        "change in footprint|change in count|changed in number|difference between before and after|"
        "difference in number between|more buildings now|fewer buildings now|than there were|"
        "than there used to be|than in the past|higher than before|lower than before|"
        "from before to after|evolution|developed over time|how has _ developed|how did _ develop|"
        "how has _ evolved|how did _ evolve|how has _ changed in|number then and now|"
        "compare then and now|relative change|compare the two dates|compare pre and post|"
        "compare before and after|compare earlier and later|lower after|higher after|"
        "than a year ago|growth rate|rate of change|how has ... developed|how did ... develop|"
        "how have ... developed|how has ... evolved|how did ... evolve|than it was|than they were|"
        "than it used to be|than at the <first> <image>|how much bigger|by how much has|"
        "by how much have|by how much did|by how many ... increase*|by how many ... grow|"
        "by how many ... rise|by how many ... fall|how many more ... now|how many fewer ... now|"
        "how many more ... than|how many fewer ... than|both dates|for both dates|on each date|"
        "each date|for each date|how much of a rise|how much of a drop|how much of an increase|"
        "how much of a decrease|how big an increase|how big a rise|what percentage did ... rise by|"
        "what percentage did ... increase by|what percentage did ... grow by|"
        "what percentage did ... fall by|what percentage did ... drop by|what percent did ... rise|"
        "what percent did ... grow|what percent did ... increase|how much did ... increase|"
        "how much did ... rise|how much did ... grow|how much has ... increased|"
        "how much has ... grown|how much has ... risen|how much have ... increased|"
        "in what way has the number|at both points in time|at both times in time|at the two dates|"
        "on the two dates|on both days|for the two dates|for each of the dates|per date|by date|"
        "from t1 to t2|t1 vs t2|t1 versus t2|t1 and t2|t1 to t2|pre post|pre versus post|"
        "pre to post|before to after|before after comparison|before and afterwards|"
        "earlier versus later|earlier and later date|first vs second|first versus second|"
        "old vs new|old versus new|old and new number*|number before|numbers before|count before|"
        "counts before|prior and after|at the start and at the end|at the beginning and at the end|"
        "beginning and end|start and end|growth in number|growth in the number|growth in percent|"
        "percentage growth|percent growth|relative growth|growth percentage|percent increase|"
        "percentage increase|percent rise|percentage rise|percent gain|percentage gain|"
        "percent decrease|percentage decrease|percent drop|by what percent|by which percentage|"
        "in percent grow|how much growth|how much more ... than|how many more ... have now|"
        "ended up with more|end up with more|end up with fewer|more than we started|"
        "than we started with|did we gain or lose|gained or lost more|more gains than losses|"
        "more losses than gains|lost more than|gained more than|outweigh*|outnumber*|offset|"
        "exceed the losses|exceed the gains|more built than|more gained than|more lost than|"
        "more demolished than|more new than|grown or shrunk|growing or shrinking|up or down|"
        "gone up or down|go up or down|higher or lower|larger or smaller than before|trend|"
        "development of the number|development of the stock|how did the stock|how has the stock|"
        "how did the building stock|how has the building stock|t1 count|count at t1|number at t1|"
        "from what to what|from how many to how many|from how much to how much|"
        "from which number to which|from what number to what|from x to y|went from how many|"
        "growth of the building stock|growth of the housing stock|growth of the stock|"
        "growth of building*|growth of the buildings|growth of the number|stock growth|evolved|"
        "evolve|evolves|how the number|how the count|how the stock|how the area has|"
        "how the built area|how the footprint has|rate of growth|rate of increase|rate of decline|"
        "percentage of growth|percent growth in"
    ),
    "ask:net": (
        "net|net change|balance|net gain|net loss|on balance|net growth|net effect|net difference|"
        "net result|net increase|net decrease|bottom line|balance sheet|overall balance|"
        "gained minus lost|gains minus losses|new minus lost|built minus demolished|"
        "gained less lost|gain minus loss|appeared minus vanished|overall change in number|"
        "plus or minus|surplus|nett|net chg|net figure|net number|net total|net area|net balance|"
        "netted|net of|net change in|in net terms|in the balance|all balanced out|balanced out|"
        "gain after loss|after subtracting losses|minus the losses|minus losses|less losses|"
        "difference new|change overall|delta|the delta|whats the delta|net delta|net effect on"
    ),
    "ask:compare_places": (
        "compare|compared to|compared with|versus|vs|than|difference between|comparison|"
        "in comparison to|against|or in|contrast|in contrast to|rather than|which saw more|"
        "which has more|which had more|which got more|which of the two|which of both|"
        "which of these two|which of those two|which one of the two|or the|than in|than the|"
        "relative to|side by side|stack up|measure up|contrasted|in relation to|differ between|"
        "differ|compare to|compare ... with|compare ... and|comparing|compares|stacked against|"
        "set against|as opposed to|head to head|juxtapose|difference in ... between|opposed to|"
        "in contrast with|on one hand|pit"
    ),
    "ask:which_two": (
        "which of the two|which of both|which of these two|which of those two|which one of the two|"
        "which of them|the two next to each other|next to each other|side by side|which one is|"
        "which one has|which one had|which one got|which one was|which one saw|which is worse|"
        "which is higher|which is bigger of|which is more|of the two|of both|which one is worse|"
        "which has more|which had more|compare both|compare them|compare the two|compare those|"
        "compare these two|compare those two|difference between them|difference between the two|"
        "how do they compare|how do the two compare|whats the difference between them|"
        "which was worse|which of those has|which of them has|which of them had|which of the pair|"
        "the pair|which was hit|which one was hit|which one lost|which one gained|who has more|"
        "which is the worse|which is denser|which one is denser|which is larger of|"
        "the difference between both|differ from each other|put them side by side|"
        "put the two side by side|both against each other|against each other|which is ahead|"
        "which leads|who leads|which came out ahead"
    ),
    "ask:rank": (
        "<part> on which|<part> in which|<part> where|which drawn area*|which of my area*|"
        "<part> with|which <part>|what <part>|by <part>|per <part>|each <part>|every <part>|"
        "split _ by <part>|broken down by <part>|break _ down by <part>|which part|which parts|"
        "which district*|which quarter|which sector*|which side|which half|which region*|hotspot*|"
        "hot spot*|most affected|least affected|rank|ranking|which corner|which areas|which area|"
        "which place*|which zone*|by part|by district|per district|per part|by area|order the|"
        "rank the|rank them|what part|sort the|most changes|fewest changes|worst hit|hardest hit|"
        "most change|least change|changed most|changed least|changed the most|changed the least|"
        "which neighbourhood*|which neighborhood*|in which part|in which area|in which district|"
        "what district|which one of the areas|which quadrant|concentrat*|which parcel*|which plot*|"
        "which ward*|which borough*|which polygon*|which suburb*|which municipal*|what region*|"
        "what place*|what zone*|by zone|per zone|by parcel|per parcel|for each district|"
        "for each part|each district|each part|each area|for each area|where is the most|"
        "where was the most|top district*|topped|order by|sorted by|busiest|most active|"
        "least active|changed more than|quietest|best and worst|by quadrant|by sector|per sector|"
        "per quadrant|by ward|by neighbourhood|by neighborhood|by parts|spread over|spread across|"
        "distributed over|distributed across|over the districts|across the districts|"
        "among the districts|across districts|across the parcels|among the parcels|per half|"
        "for every|in each|in every|quarter with|district with|parcel with|"
        "which one of the districts|league table|leader board|leaderboard|top areas|top parts|"
        "top parcels|top zones|which one saw|which one had more|which one has more|"
        "which one got more|which saw more|which of my districts|which of the districts|"
        "which of my parcels|which of the parcels|which of my areas|which of our areas|"
        "which of our districts|where was it worst|where is it worst|where was the worst|"
        "where is the worst|where did it hit|worst affected|badly hit|most damaged|"
        "most heavily hit|strongest hit|heaviest hit|where is the hot|where is the damage|hottest|"
        "order of|in order of|ranked|ranking of|rankings|rank order|by compass|by direction|"
        "per compass|compass direction|for all districts|for all parts|for all parcels|"
        "for all zones|for all my areas|all districts|all the districts|district by district|"
        "part by part|zone by zone|parcel by parcel|area by area|split into districts|split over|"
        "breakdown by|break down by|broken out by|grouped by|group by|aggregated by|aggregate by|"
        "tabulated by|table by|list by|counts by|count by|counts per|count per|totals by|"
        "totals per|figures by|figures per|numbers by|numbers per|least hit|spread among|"
        "shared out|divided over|divided among|distribution by|distribution per|"
        "distribution across|distribution among|distributed among|which portion of the map|"
        "which bit|what quarter|what side of|which side of the|which compass|what compass|which end"
    ),
    "rank:most": (
        "shows more|show more|shows most|hit hardest|hit the hardest|hardest|most|the most|highest|"
        "highest number|more than any|top|greatest number|the largest number|largest number|"
        "biggest number|largest share|highest count|the greatest|more than anywhere|busiest|"
        "most active|most of all|largest amount|strongest|the strongest|most heavily|most first|"
        "highest first|descending|biggest first|saw more|had more|has more|got more|saw most|"
        "had most|has most|got most|in most|more than the others|number one|no 1|ranks first|"
        "came first|comes first|first place|foremost|maximum|max count|maximal|heaviest|"
        "most intense|most intensive|the bulk|majority|worst|the worst|worst hit|largest count|"
        "biggest count|greatest count|greatest share|biggest share|greatest amount|biggest amount|"
        "more construction|more destruction|fastest|quickest|swiftest|most to least|"
        "from most to least|highest to lowest|from highest to lowest|largest to smallest|"
        "biggest to smallest|high to low|from high to low|large to small|big to small|"
        "worst to best|worst first|strongest first|decreasing order|in decreasing order|"
        "descending order|in descending order|falling order|desc|from the top|from top to bottom|"
        "most rapidly|most quickly|most often|most frequently|most severely|most badly|"
        "most strongly|most intensely|most notably|most noticeably|most markedly|heavily hit|"
        "gets the most|takes the most|took the most|ahead of the rest|above all|in first place|"
        "peak|peaks|peaked|topmost|uppermost rank|tops the list|top of the list|head of the list|"
        "who leads|that leads|which leads"
    ),
    "rank:strong": (
        "by <part>|per <part>|each <part>|every <part>|split _ by <part>|broken down by <part>|"
        "break _ down by <part>|hit hardest|hit the hardest|rank|ranking|rank the|rank them|"
        "order the|sort the|hotspot*|hot spot*|most affected|worst hit|hardest hit|by district|"
        "per district|by part|per part|by area|for each district|for each part|each district|"
        "each part|each area|for each area|by zone|per zone|by parcel|per parcel|busiest|"
        "most active|least active|sorted by|order by|quietest|by quadrant|by sector|per sector|"
        "per quadrant|by ward|by neighbourhood|by parts|spread over|spread across|distributed over|"
        "distributed across|over the districts|across the districts|among the districts|"
        "across districts|in each|in every|for every|most to least|highest to lowest|"
        "from most to least|from highest to lowest|largest to smallest by number|ordered by|"
        "in order of|ranking of|ranked|league table|district by district|part by part|"
        "by compass direction|per compass direction|for all districts|for all parts|for all parcels"
    ),
    "rank:least": (
        "least|fewest|lowest|least affected|fewest changes|least change|changed least|"
        "changed the least|lowest number|smallest number|fewer than any|the fewest|the least|"
        "least active|quietest|weakest|minimal number|least of all|least hit|fewest first|"
        "least first|lowest first|ascending|smallest first|saw least|had least|has least|got least|"
        "best off|minimum|minimum count|lightest|in last place|last place|comes last|came last|"
        "ranks last|bottom of the table|the bottom|smallest count|lowest count|smallest share|"
        "lowest share|lowest amount|smallest amount|smallest loss|smallest gain|"
        "fewer than the others|the quietest|calmest|hardly any|unscathed most|spared most|"
        "most spared|slowest|least to most|from least to most|lowest to highest|"
        "from lowest to highest|smallest to largest by number|low to high|from low to high|"
        "best to worst|best first|weakest first|increasing order|in increasing order|"
        "ascending order|in ascending order|rising order|asc|least severely|least badly|"
        "least often|least strongly|least heavily|most untouched|loser|lagging|lags|trails|"
        "bottom of the list|at the bottom of the list|end of the list|last on the list"
    ),
    "rank:halves": (
        "which half|by half|halves|half|the halves|two halves|both halves|each half|"
        "half of the image|half of the scene|half of the map"
    ),
    "rank:areas": (
        "which drawn area*|which of my area*|drawn areas|which areas|which area|which of the areas|"
        "which drawn area|areas|my areas|my two areas|both areas|the two areas|two areas|"
        "of my areas|of our areas|both my areas|my drawn areas|the drawn areas|our areas|"
        "my own areas|our two areas|of the two areas|each of my areas|all my areas|drawn polygons|"
        "both drawn areas"
    ),
    "by:number": (
        "by number|by count|in number|in numbers|in terms of number|in terms of numbers|"
        "by the number|numerically|number wise|instead of area|rather than area|"
        "instead of footprint|not area|by how many|by the count|by object count|in terms of count|"
        "in count|counting wise|by quantity|measured by number|measured in number|going by number|"
        "going by count|count based|according to number|rather by number|using counts|by heads|"
        "in pieces"
    ),
    "by:area": (
        "by area|by footprint|by size|by surface|in terms of area|in terms of footprint|"
        "by the area|area wise|by ground|instead of number|rather than number|instead of count|"
        "by extent|by land|by acreage|not number|by floor area|in area|in footprint|by hectares|"
        "by square metres|by covered area|by ground area|in hectare terms|in terms of surface|"
        "in terms of land|in terms of size|in surface terms|by total area|by square meters|"
        "by square footage|by changed area|by affected area|with respect to area|measured by area|"
        "measured in area|going by area|area based|on area|according to area|according to size|"
        "weighted by area|rather by area|using area"
    ),
    "ask:where": (
        "wheres|distribution|distribution of|distribution over|where|location|located|whereabouts|"
        "in which direction|position|show me|on the map|coordinates|coordinate|which direction|"
        "locate|centre of change|center of change|spatial distribution|distributed|bounding box|"
        "where exactly|where is it|where are they|whats the location|what is the position|"
        "what part of the area is|positioned|situated|which spot|at what location|pinpoint|"
        "point to|point out|lat lon|latitude|longitude|lon lat|find it|show where|locations|"
        "where about|whereabout|in what direction|what _ direction|which _ direction|"
        "in what _ direction|in which _ direction|centroid|centroids|spots where|place where|"
        "places where|the place where|at which place|at which spot|in which spot|which place|"
        "on which side|whereat|where precisely|where roughly|where abouts|where in|where on|"
        "geolocat*|geographic position|geographical position|geographically|lie on the map|"
        "map position|mark them|mark it|mark the|mark on the map|plot them|plot it|plot the|"
        "map them|map the|map it|highlight|highlight them|highlight it|show them|show it|"
        "show on the map|display on the map|whats the position|extents|bbox|bounding|spatially|"
        "in space|put a pin|pin down|direct me to|guide me to|zoom to|zoom in on|take me to|"
        "which coordinates|what coordinates|coords|coord|latlon|lat and lon|whr|centre of mass|"
        "center of mass|centre of gravity|center of gravity|what part of town|"
        "what part of the area|what part of the map|part of town|what corner of town|"
        "what end of town|which side of town|which corner of the area"
    ),
    "ask:where_most": (
        "where is most|where are most|where did most|mostly|most of it|where was most|"
        "where were most|where has most|where is the bulk|where is the majority|the bulk of|"
        "where is the main|where was the main|where did the majority|where did the bulk|"
        "primarily where|where primarily|where mostly|mainly where|where mainly|mostly where|"
        "concentrated where|where concentrated|where is it concentrated|main focus|focal point|"
        "where does most|where do most|where lies most|where lie most|centre of gravity|"
        "center of gravity|clustered|cluster|clusters|scattered|dispersed|in one place|spread out|"
        "all over the place"
    ),
    "ask:largest": (
        "largest|biggest|greatest|largest ones|biggest ones|most extensive|huge*|biggest change|"
        "largest change|main change|largest one|biggest one|bigger one|maximum size|most sizeable|"
        "the bigger|bulkiest|vast*|the big ones|size ranking|single largest|single biggest|"
        "top by size|the largest|the biggest|grew most|grew the most|expanded most|"
        "expanded the most|grown most|grown the most|which grew most|which one grew most|"
        "most grown|largest growth|biggest growth|most enlarged|maximal size|max size|"
        "biggest by area|largest by area|largest in size|biggest in size|biggest in area|"
        "largest in area|largest in terms of|biggest in terms of|main one|major one|the major|"
        "top one by|giant|giants|monster|greatest in size|greatest area|greatest footprint|"
        "largest footprint|biggest footprint|largest area|biggest area|largest single|"
        "biggest single|whopper|jumbo|widest|most spacious|most massive|most sizable|"
        "most expansive|king size|size champion|record size|bigger ones|the larger ones|"
        "largest first|largest to smallest|in descending size|descending by size|"
        "by descending size|sorted by size|by descending area|size order|order of size|"
        "ordered by size|by footprint size|ranked by size|enlarged most|enlarged the most|"
        "was enlarged the most|was extended the most|extended the most|extended most|"
        "largest extension|biggest extension|biggest increase in size|largest increase in size|"
        "gained the most area|gained most area"
    ),
    "ask:smallest": (
        "smallest|tiniest|littlest|smallest change|smallest one|smallest ones|the smallest|"
        "tiniest one|least extensive|minutest|smallest by area|teeniest|teensiest|smallest in size|"
        "smallest in area|smallest building|smallest by size|the tiniest|least in size|"
        "minimum footprint|smallest footprint|smallest area|smallest single|in ascending size|"
        "ascending by size|by ascending size|smallest to largest|puniest|the littlest|most compact|"
        "the smaller ones|least sizable|shortest footprint"
    ),
    "ask:top": "top",
    "ask:list": (
        "list|show|name|give me|enumerate|dump|spit out|print|display|reel off|rattle off|run down|"
        "tabulate|present|specify|state the|provide|provide the|output|return|share the|post the|"
        "read out|tell me the|hand me|get me|pull up|pull out|bring up|fetch|retrieve|report the"
    ),
    "ask:each": (
        "list|list of|enumerate|itemise|itemize|list all|listing of|list every|list each|list them|"
        "list the|list them all|list those|list these|list us|listing|itemised|itemized|"
        "itemisation|inventory list|every single one|each and every one|one by one|each one|"
        "every one of them|each of them|all of them individually|individually|roll call|spell out|"
        "spell them out|run through them|go through them|run down|rundown of|dump|spit out|"
        "dump the|dump all|show all|show me all|show every|show me every|show each|give me all|"
        "give all|name all|name every|name them|print all|details of each|details for each|"
        "write out|print out|line by line|row by row|list please|a list|as a list|full list|"
        "complete list|the list"
    ),
    "relation:near": (
        "near|close to|next to|around|along|beside|in the vicinity of|nearby|by the|near to|"
        "from the|not far from|away from|alongside|close by|in the neighbourhood of|"
        "in the neighborhood of|adjacent to|bordering|closer than|nearer than|next door to|"
        "flanking|lining|within reach of|in the proximity of|proximity to|within walking distance|"
        "right next to|right beside|right by|in close proximity|near by|by the side of|"
        "on the banks of|on the bank of|on the banks|on the shore|at the edge of the|along side|"
        "in range of|within range of|within a distance of|in a radius of|within a radius|radius|"
        "within the buffer|buffer|buffer zone|in the buffer|distance of|from the edge of|"
        "up against|fronting|facing|skirting|hugging|less than ... from|surrounding the|off of the|"
        "no further than|no farther than|not further than|not farther than|no more than ... from|"
        "not more than ... from|at most ... from|up to ... from|corridor|strip along|belt along|"
        "band along|swath|within a corridor|corridor along|buffer of|setback|setback line|"
        "setback zone|metre strip|m strip|strip"
    ),
    "relation:touches": (
        "run through|runs through|go through|goes through|pass through|passes through|touch*|"
        "intersect*|crossing|cross|overlap*|on the|right on|directly on|straddl*|sit on|sits on|"
        "lie on|lies on|on top of|touching|intersecting|overlapping|crossed by|crossed|cut by|cuts|"
        "bisected|bisect|traversed|traverse|abut|abuts|abutting|meet the|hit the|on either side"
    ),
    "relation:within": "within|inside|in the|in",
    "relation:outside": (
        "outside|outside of|not in|not within|beyond|not inside|not touching|off the|further than|"
        "farther than|more distant than|not near|far from|not close to|not along|not by the|"
        "clear of|at least ... away|more than ... away|more than ... from|further away|"
        "farther away|further off|at a distance of more|out of reach of|out of range of|"
        "do not touch|dont touch|does not touch|doesnt touch|did not touch|didnt touch|"
        "not touched by|without touching|do not overlap|dont overlap|not overlapping|"
        "do not intersect|dont intersect|not intersecting|not crossing|do not cross|dont cross|"
        "not adjacent to|not next to|not in contact with|do not meet|are not within|is not within|"
        "are not in|is not in|are not on|do not lie on|dont lie on|do not lie in|dont lie in"
    ),
    "relation:except": (
        "exclude ... recount|exclude ... count|leave out ... count|ignore ... count|except|"
        "excluding|apart from|other than|but not in|without the|everywhere but|not counting|"
        "leaving out|without any|without new|without"
    ),
    "ask:nearest": (
        "nearest|closest|how far|distance|how close|how near|shortest distance|minimum distance|"
        "min distance|minimal distance|nearest one|closest one|how many metres away|"
        "how many meters away|how many metres to|how many meters to|how many metres from|"
        "distance to|distance from|distance between|distances|how far away|how far off|"
        "how far from|metres away from|dist|dist to|closest to|nearest to|lies closest|lie closest|"
        "sits closest|comes closest|come closest|proximity of the closest|gap between the nearest"
    ),
    "ask:touched": (
        "how many of my|which of my|with change|with changes|that changed|have changed|"
        "contain change|contain changes|were hit|are affected|were affected|affected by|"
        "have changes|were touched|are touched|contain|contains|containing|touched by change|"
        "show change|show changes|hold|saw change|saw changes|had change|had changes|saw any|"
        "have been hit|got hit|experienced|have been touched|touched by|hit by|have at least|"
        "with at least|have seen|containing change|that have change|where something changed|"
        "where anything changed|where change|where there is change|with any change|"
        "with some change|with at least one|having at least one|contain at least one|"
        "containing at least one|hold at least one|include|includes|including|that saw|which saw|"
        "that got|that received|that were affected|were impacted|impacted by|are concerned|host|"
        "hosts|hosting|that experienced"
    ),
    "ask:transitions": (
        "status table|status of all|status overview|change to|changed to|turned to|converted to|"
        "converted into|transformed into|changed to what|changed into|into what|turned into|"
        "what became of|transition*|what happened to|by class|by type|by kind|kinds of change|"
        "kind of change|types of change|type of change|breakdown|break down|what kind|what type|"
        "what kinds|what types|change to what|what did _ become|from what to what|became what|"
        "become|classes of change|each class|all classes|all states|by state|per class|"
        "what has it changed to|what have they changed to|land cover change*|which classes|"
        "what classes|transition table|table of|category|categories|turn into|what has become of|"
        "fate of|what happened with|how did _ fare|what has happened to|status of each|"
        "from which to which|split by|by category|per category|per type|per state|change into|"
        "changes into|changing into|ended up as|end up as|ends up as|went from what|"
        "from which class|what class|in which class*|which class|which type|which types|"
        "what category|which categories|which category|which states|what states|statuses|"
        "status list|status breakdown|by status|per status|of each status|each status|all statuses|"
        "every outcome|outcomes|all outcomes|all fates|fates|outcome per|state of each|"
        "states of all|full breakdown|complete breakdown|split up by|sorted by class|"
        "sorted by type|class wise|classwise|by kinds|by types|by classes|kinds|sorts of change|"
        "sort of change|nature of the change|nature of change|nature of the changes|"
        "nature of these changes|form of change|forms of change|what has come of|"
        "whatever became of|what came of|what was done with|what has been done with|"
        "happened to the|what happens to|what happened to them|what happened to those|conversion|"
        "conversions|converted|turned to what|becomes|became|switch to|switched to|composition|"
        "make up of the change|made up of|consist of|consists of|decomposed|cross table|crosstab|"
        "cross tab|confusion|contingency table|changed from what to what|change from what to what|"
        "turned from what|converted from what|went from what to what"
    ),
    "ask:explain": (
        "how do you know|source|how was _ measured|how was _ computed|how was _ calculated|"
        "how is _ measured|how is _ calculated|evidence|prove|proof|explain|based on what|"
        "how did you get|provenance|how did you measure|how did you count|how did you calculate|"
        "show your work|why do you think|why do you say|how come you|says who|what is _ based on|"
        "how have you|where do you get|how did you find|how did you arrive|which inputs|"
        "how was _ obtained|how were _ obtained|how did you obtain|how was _ determined|"
        "how were _ determined|how did you determine|how was _ derived|how is _ derived|"
        "how did you come up with|how do you come up|how was _ worked out|how was that obtained|"
        "how is _ computed|how do you arrive|on what basis|on what grounds|whats that based on|"
        "what is that based on|where is _ from|where was _ from|justify|back that up|"
        "what makes you|can you prove|where did you get|how was _ found|how was _ established|"
        "how was _ arrived at|trace that|trace it|how come _ know|source of|wheres _ from|"
        "how were _ calculated|how were _ measured|derivation|how was _ counted|how did you reach|"
        "where does ... come from|where did ... come from|where do ... come from|"
        "on what is ... based|what is ... based on|what are ... based on|on what are ... based|"
        "based on which|how do i know that|how can i verify|how can i check that|verify that|"
        "verify this|where does it say|show me the evidence|show the evidence|what evidence|"
        "which evidence|what proves|what supports|supporting evidence|traceable|traceability|"
        "audit trail|lineage|citation|cite|cite your|reference for|what backs|backing|substantiate|"
        "basis for|basis of|the basis|how did that come|come up with that|how was that done|"
        "how was this number|how was that number|how did you come|how do you come|how exactly was|"
        "explain that|explain this|explain the number|explain the figure|explain the result of|"
        "where did that|where did this|where does that|where does this|what went into|whence|"
        "how you get|how you got|how do you get|how do u get|how did u get|how u get|explane|"
        "how do you know this|where you get|where u get|from where you"
    ),
    "ask:sure": (
        "significan*|how sure|how certain|confiden*|reliab*|trust|accura*|uncertain*|caution*|"
        "caveat*|limitation*|are you sure|error|errors|can i rely|rely on|how good|mistake*|wrong|"
        "are you certain|quality|false alarm*|how exact|how precise|precis*|"
        "what should i be careful|careful|warning*|margin of error|be wrong|doubt*|problems|"
        "is it correct|is that correct|is this correct|how correct|are they correct|is that right|"
        "is that true|how solid|how robust|robust|error margin|believable|plausible|"
        "how much can i trust|false positive*|false detection*|pitfall*|should i worry|drawback*|"
        "weakness*|strong is the evidence|double check|disclaimer*|validity|how confident|"
        "pay attention to|look out for|keep in mind|bear in mind|watch out|grain of salt|"
        "know about before|trustworth*|credible|credib*|how far can i|depend on|dependable|"
        "how valid|how true|faith|sceptic*|skeptic*|how good are|believe these|believe this|"
        "believe the|warned|warn me|be aware|aware of|should be mentioned|sanity check|sound|"
        "how sound|solid|good enough|fit for purpose|suitable for|publishable|quotable|can i quote|"
        "can i cite|can i use|stand up|hold up|holds up|bulletproof|watertight|certain about|"
        "certain of|sure about|sure of|sure that|degree of certainty|degree of confidence|"
        "level of confidence|confidence level|confidence interval|error rate|error bars|"
        "uncertainties|how uncertain|how wrong|how far off|bias|biased|noise level|how noisy|"
        "spurious|misclassified|misclassification|artefact*|artifact*|is this real|are these real|"
        "is it real|are they real|true change|real change|genuine change|overestimat*|"
        "underestimat*|over estimat*|under estimat*|fooled|fool you|fooling|misled|mislead*|"
        "deceiv*|tricked|seasonal effect*|season effect*|phenolog*|illumination|sun angle|"
        "light conditions|lighting"
    ),
    "ask:excluded": (
        "without data|part of the image is missing|image is missing|parts are missing|"
        "ground is missing|imagery is missing|left out|leave out|excluded|exclusion*|not assessed|"
        "cloud*|no data|nodata|ignored|gaps|gap|could not be|not be assessed|missing data|masked|"
        "not covered|not looked at|omitted|skipped|disregarded|not analysed|not analyzed|data gaps|"
        "not observed|unobserved|not evaluated|left aside|blind spot*|everything covered|"
        "fully covered|completely covered|all covered|complete coverage|coverage|could not see|"
        "couldnt see|could not assess|couldnt assess|not be seen|not seen|unusable|without imagery|"
        "not usable|could not be used|no coverage|not imaged|obscured|blocked|shadow*|haze|"
        "data missing|pixels missing|missing pixels|missing ground|not be checked|"
        "could not be checked|unassessed|not analysable|invisible|no imagery|data is missing|"
        "is any data missing|incomplete|leftout|excluded from|out of view|hidden|"
        "part of the _ missing|parts of the _ missing|part of it missing|missing from the|"
        "could it not|any ground missing|couldnt be|not be analysed|blank|white area|black area|"
        "what is missing|usable|assessable|could be used|was analysable|was analysed|was analyzed|"
        "could be analysed|could be analyzed|could be assessed|examined|been examined|"
        "could not be looked at|is the <image> complete|are the <image> complete|complete image|"
        "is anything missing|anything missing|is all of _ covered|whats missing|what was missing|"
        "whats left out|data are missing|data were missing|any data missing|could you not see|"
        "couldnt you see|not see|cannot see|cant see|could you not assess|could you not check|"
        "could not you|hole|holes|holes in the data|blind area*|missing part*|missing bit*|"
        "parts missing|patch without|patches without|area without|areas without|unseen ground|"
        "not looked into|not processed|not part of the|left unassessed|left unchecked|"
        "left unexamined|dropped from|thrown out|cut out|filtered out|fell outside|dark areas|"
        "no pixels|empty pixels|invalid pixels|invalid area|null pixels|no value pixels|data hole*|"
        "data void*|voids|void|blanked|blacked out|blank area*|unclear area*|cover the whole|"
        "covers the whole|cover everything|cover all|covered everything|complete picture|"
        "whole area visible|all visible|everything visible|anything not visible|not visible|"
        "unable to see|unable to assess|fail to see|lost to cloud*|under cloud*|cloudy|cloud cover|"
        "cloud free|blind|is blind|misty|foggy|not able to assess|not able to evaluate|"
        "could you not evaluate|could not evaluate|not evaluate|not analyse|not analyze|"
        "not inspect|not classify|not judge|failed to assess|failed to evaluate|"
        "impossible to assess|remained unassessed|remains unassessed|not rated|not scored"
    ),
    "ask:aligned": (
        "align*|misalign*|registered|registration|residual shift|pixel shift|shift|offset|"
        "co registered|coregistered|match each other|lie on each other|exactly on top|displaced|"
        "displacement|line up|fit together|georeferenc*|shifted|sit on top of each other|"
        "aligned to each other|overlaid|overlay|geometrically|geometric|congruent|match up|"
        "on the same spot|same grid|registration error|superimpos*|aligned|well aligned|"
        "properly aligned|coregistration|co registration|georeference|georeferencing|"
        "positional accuracy|geolocation accuracy|shift between|offset between|images fit|"
        "pictures fit|fit on each other|fit each other|match spatially|match geometrically|"
        "overlap exactly|stacked exactly|jitter|parallax|registration quality|line up properly|"
        "lined up|off by a pixel|off by how many pixels|pixel offset|sub pixel|subpixel|"
        "shift in metres|shift in pixels|any shift|images shifted|drift|misregist*|"
        "mis registration|residual misregistration|residual error|residuals|coregister*|"
        "put one on other|one on other|one on the other|one over the other|on top of other|"
        "over each other|lie over|on each other|one above the other|fit one on|match one another|"
        "matched to each other|in register|pictures sit|images sit"
    ),
    "ask:method": (
        "under which assumption*|assumption*|considered|counts as|count as|how was the count made|"
        "how was it made|how was this made|how was the comparison made|how was the result made|"
        "how were these made|which method|what method|detector|algorithm|threshold|minimum size|"
        "how small|how was this done|how does it work|settings|counter|how does this work|method|"
        "minimum mapping|mapping unit|mmu|smallest mapped|smallest thing|smallest object you|"
        "technique|how was it detected|how were _ detected|how was the change detected|"
        "smallest change you|which model|what model|parameters|how did you detect|"
        "smallest detectable|minimum area|how were they found|how are changes found|min size|"
        "minimal size|smallest size|smallest building you|smallest house you|smallest thing you|"
        "can detect|can you detect|could you detect|detection limit|detectable|detection method|"
        "detection threshold|lower size limit|size limit|cut off size|cutoff|cut off|workflow|"
        "what software|which software|which approach|what approach|approach|how exactly did|"
        "how small can|how small a|minimum detectable|min mapping|sensitivity|tiniest thing you|"
        "tiniest building you|which procedure|procedure|which tool|what tool was|how did you do|"
        "how do you do|how were the ... counted|how were ... counted|how was ... counted|"
        "how are ... counted|how were ... detected|how was ... detected|how are ... detected|"
        "how were ... mapped|how was ... mapped|how were ... identified|how was ... identified|"
        "how do you count|how do you detect|how do you measure|how do you decide|how do you tell|"
        "how do you define|how do you recognise|how do you recognize|how is ... counted|"
        "how is ... detected|how is ... defined|how is ... determined|definition of|define|"
        "defined as|what do you mean by|what does ... mean|meaning of|what counts|what is counted|"
        "when is something|when does something|methodology|methodologies|method section|"
        "methods section|cutoff size|cut off value|minimum building size|minimum object size|"
        "smallest change detected|smallest building detected|how tiny|lower limit|lower threshold|"
        "size threshold|score threshold|technical details|how was the analysis|"
        "how was this analysis|how was the detection|how was this detected|how was this produced|"
        "how was it produced|how was this computed|what tool|which detector|what detector|"
        "which counter|what counter|what technique|what procedure|what process|what steps|"
        "which steps|processing steps|processing chain|pipeline used|how you got there|"
        "how you did it|how you did this|how it was done|how this was done|what algorithm|"
        "which algorithm|underlying method|carried out|how was ... carried out|"
        "how was ... performed|how was ... conducted|how was ... executed|how did you carry|"
        "how is ... done|how was ... done|how does the count|how does the counting|"
        "how does the comparison|how does the detection|how does the analysis|how did the count|"
        "how was the counting|what was the method|what is the method|method used|methods used|"
        "method behind|principle behind|working principle|how it works|how does it detect|"
        "how does it count"
    ),
    "ask:pair": (
        "date of|what is the date|acquisition date|on what date|on which date|what dates|"
        "which dates|when were|when was|which images|what images|which scenes|what scenes|"
        "resolution|pixel size|ground size|gsd|how large is the area|how big is the area|time span|"
        "which years|what years|acquired|acquisition|what period|which period|how old|when are the|"
        "the dates|image dates|how large is the aoi|how big is the aoi|how large is the study area|"
        "size of the area|size of the aoi|area of the aoi|how large is the area of interest|"
        "how big is the area of interest|size of the study area|size of the area of interest|"
        "how big is the study area|about the images|about the scenes|how large is the scene|"
        "what time|time between|capture*|taken|how fine|how detailed are|satellite|valid area|"
        "how much was assessed|how much could be assessed|images are these|how large is this area|"
        "how big is this area|which two images|how much area was assessed|"
        "how large an area was assessed|how much of the area was assessed|which day|what day|"
        "on which day|how long between|how much time|how many days|how many months|how many years|"
        "how far apart in time|spatial resolution|ground sampling|sampling distance|cell size|"
        "size of a pixel|how many pixels|image quality info|sensor|how many metres is a pixel|"
        "what sensor|which sensor|image details|image metadata|metadata|how big is the scene|"
        "how big is the map|how big is the site|how large is the site|extent of the area|"
        "extent of the scene|area extent|when was this|shooting date|how large a pixel|"
        "how big is a pixel|how large is a pixel|from when are|dates of|dates of the imagery|"
        "imagery dates|date of the imagery|date of the images|dates of the images|"
        "image acquisition|capture dates|flight dates|days of capture|which imagery|what imagery|"
        "which pictures|what pictures|which photos|what photos|when were the pictures|"
        "when was the imagery|when were they taken|when was it taken|how many days apart|"
        "days apart|months apart|years apart|how far apart|time gap|time difference|time interval|"
        "time lag|interval between the|pixel resolution|image resolution|ground resolution|"
        "metres per pixel|meters per pixel|size of one pixel|input data|input images|input imagery|"
        "inputs used|what was compared|what is compared|what are we comparing|what am i looking at|"
        "which files|what files|source images|source imagery|source data|which dataset|"
        "what dataset|assessed area|area assessed|area actually assessed|actually assessed|"
        "ground assessed|valid pixels|valid pixel|how much ground was|how much ground could|"
        "how much was looked at|how many hectares were assessed|how much land was assessed|"
        "extent of the study area|study area size|aoi size|size of my aoi|size of my area|"
        "how large is my area|how big is my area|area _ assessed|ground _ assessed|"
        "acquisition day*|recording date*|recording day*|day of capture|days of the images|"
        "day were the|which day were|picture dates|photo dates|pic dates|how old are the images|"
        "how old are the pictures|age of the images|age of the imagery|which data were|"
        "what data was|what data were|which data was|data were used|data was used|which data did|"
        "what data did|which data is|what data is|input images are|images were used|"
        "images did you use|pictures did you use|images are used|images used"
    ),
    "ask:results": (
        "all results|results you have|results do you have|your results|which results|what results|"
        "list results|list the results|list all results|which analyses|available results|"
        "what has been run|which runs|what runs|results are there|results are available|"
        "what can you see|my results|what has been computed|what has been analysed|"
        "which comparisons|which counts|show results|show the results|show me the results|"
        "what data do you have|what have you got|list analyses|what analyses|results so far|"
        "whats available|what is available|finished analyses|finished results|finished runs|"
        "existing results|existing analyses|completed analyses|done so far|what was computed|"
        "what was run|show my results|what outputs|previous results|earlier results|saved results|"
        "which analysis|what analysis has|which runs have|analysis history|run history|"
        "what has been done|what have you done|what have we run|what have we got|what have you run|"
        "what do you have|results exist|analyses exist|anything computed|anything finished|"
        "what result|which result|result you have|result do you have|what is done|"
        "analyses are finished|analysis is finished|analyses finished|what is finished|"
        "what finished|finished so far|results finished|what has finished|which ones are finished|"
        "which are finished|analyses done|analyses so far|analyses are there|"
        "analyses are available|analyses do you have|which jobs are finished|completed runs|"
        "completed results|analyses completed|stored results|results on file|list of results|"
        "list of analyses|available analyses|available runs|results at hand|results to hand|"
        "what results are there|what data is loaded|what is loaded|whats loaded|whats been run|"
        "what have i run|what did i run|what did we run|which products|what products|"
        "products do we|products are|do we hold|do we have on|what do we hold|what material do we|"
        "deliverables do|outputs do|products available|what is on file|what is in the system|"
        "whats in the system|what is in store|which datasets are|what datasets are|"
        "datasets are loaded|datasets do you have|datasets do we have|datasets are there|"
        "datasets are available|data sets are|whats in here|what is in here|what do you know about|"
        "what have you loaded|what runs are|loaded results"
    ),
    "ask:places": (
        "which places|what places|list places|list the places|which layers|what layers|list layers|"
        "list the layers|which areas can|what areas can|what areas are|which areas are there|"
        "places can i|layers are|which regions can|what regions can|places do you know|"
        "areas do you know|layers do you|my layers|places are there|regions are there|"
        "districts are there|list my areas|what areas do|which areas do|which districts do you|"
        "places are known|list the areas|list the districts|what areas have|places available|"
        "available places|available areas|available layers|which polygons|what polygons|"
        "what places are|layers are loaded|loaded layers|what districts|list districts|"
        "names of the districts|names of the areas|which locations|where can i ask|what regions|"
        "geographic units|spatial units|units can i|can i query|areas can i|districts can i|"
        "names of districts|district names|area names|place names|layer names|what names|"
        "which names|which places can|which layers can|which polygons can|names of places|"
        "what subareas|subareas|sub areas|which subareas|what units|which units|what geographies|"
        "which regions|boundaries do you|boundaries are|which boundaries|zones do you|"
        "zones are there|polygons do you|polygons are there|which drawn|do you have layers|"
        "layers do you have|layers may i|layers can i|neighbourhoods can i|neighbourhoods may i|"
        "districts may i|areas may i|places may i|names can i use|names may i use|places can be|"
        "areas can be asked|can be queried|can be asked about|may be asked about|areas are defined|"
        "areas are loaded|places are loaded|areas are drawn|layers are there|layers exist|"
        "areas exist|polygons exist|layers available|which overlays|what overlays|layers may i ask|"
        "layers can i ask|areas can i ask|areas may i ask|<part> can i ask|<part> may i ask|"
        "names can i ask|places may i ask"
    ),
    "ask:caption": (
        "summary|describe|description|summar*|caption|overview|tell me about|what changed|"
        "what has changed|what happened|in short|in brief|main findings|key findings|"
        "what is different|whats different|what differs|whats new|what is new|whats going on|"
        "what do you see|tell me what|the gist|what are the changes|what is the change|"
        "what are the differences|findings|what did change|what is the difference|"
        "whats the difference|whats changed|what all changed|tell me everything|sum up|"
        "what can you tell me|whats happened|brief me|what is going on|recap|synopsis|abstract|"
        "wrap up|overall picture|big picture|executive summary|headline|takeaway*|main points|tldr|"
        "tl dr|bring me up to speed|run me through|walk me through|quick summary|in a nutshell|"
        "nutshell|one liner|quick look|fill me in|give me the highlights|highlights|"
        "outline of the situation|talk me through|wat changed|wot changed|images the same|"
        "pictures the same|images identical|pictures identical|dates identical|both the same|"
        "they identical|images differ|pictures differ|identical|look the same|exactly the same|"
        "anything different|any different|scenes differ|dates differ|full story|whole story|"
        "the story|what do we have|what have we got here|what has happened|what have you found|"
        "what did you find|what do you find|what do these images|what do the images|"
        "what do the pictures|what does the image|what does this image|what does the map|"
        "what does the comparison|what does the analysis|what does the result|what can be seen|"
        "what can we see|what is visible|what is there to see|what is new here|summarise|summarize|"
        "gist|in summary|to sum up|sitrep|sit rep|situation report|the situation|status quo|"
        "key points|key facts|key figures|key takeaways|key results|main results|main result|"
        "main takeaways|main message|bottom line up front|bluf|briefing note|short briefing|"
        "quick briefing|quick rundown|rundown|run down of|quick overview|general overview|"
        "general picture|general idea|broad picture|broad overview|debrief|elevator pitch|"
        "in a few words|in few words|in one line|in plain words|in plain english|in plain language|"
        "in laymans terms|in simple terms|in layman terms|explain the result|explain the results|"
        "explain the changes|explain what changed|explain what happened|put into words|in words|"
        "characterise|characterize|depict|narrate|narrative|tell the story|what happened here|"
        "what happened there|what went on|what took place|whats the story|whats the situation|"
        "whats the news|any news|the news|whats up here|whats up with|sketch|outline for me|"
        "give an outline|capture in words|write a caption|image caption|figure caption|map caption|"
        "alt text|lead sentence|press line|press release|for the record what|whats the damage|"
        "what is the damage|damage assessment|situation overview|state of affairs|lay of the land|"
        "what is change|what change is|what is changed|what changes are|"
        "what kind of things changed|what are changes|whats the change|whats the changes|"
        "what did you see|what u see|summery|describing|describes|same the two|is same|are same|"
        "same image|same picture|same images|same pictures|images same|pictures same|two same|"
        "same or not|same or different|different or same|difference or not|something different|"
        "is it the same|are they the same|what is difference|what difference"
    ),
    "ask:paragraph": (
        "paragraph|in detail|detailed|long|longer|full description|at length|more detail|"
        "more details|longer version|more text|elaborate|expand on|in more detail|in depth|"
        "extensive|more words|full paragraph|fuller|whole paragraph|more information|detail|"
        "more detailed|bit longer|lengthier|not so short|say more|tell me more|more fully|"
        "more thoroughly|more extensively|more comprehensively|comprehensive|comprehensively|"
        "thorough|thoroughly|spell it out|flesh out|flesh it out|go deeper|go into detail|"
        "go into more detail|extended|extended version|extend it|expand it|expand|expanded|"
        "full version|full text|full length|longer one|longer text|make it longer|a bit more|"
        "bit more|in full|whole text|few more sentences|more sentences|several sentences|"
        "five sentences|four sentences|three sentences|more context|verbose|wordier|not so brief|"
        "too short|in greater detail|with details|with more detail|with more details|"
        "all the details|further details|as a paragraph"
    ),
    "ask:report": (
        "report|document|write up|writeup|docx|word file|word document|html|pdf|dossier|"
        "write a report|make a report|word report|export|pdf report|printable|write it up|"
        "save this as|save it as|save all|download|summary file|memo|file i can|file report|"
        "full report|final report|reporting|as a report|a report|report please|printout|print out|"
        "print version|handout|paper version|deliverable|something i can file|something to file|"
        "something i can send|something i can print|document it|documentation|put it in writing|"
        "put this in writing|put that in writing|save the result|save the results|save results|"
        "export the result|export results|exported|downloadable|writeup of|archive|"
        "generate a document|produce a document|make a document|one page document|compile"
    ),
    "format:docx": (
        "word|docx|doc|word file|word document|word report|as word|as docx|in word format|"
        "word version|word doc|msword|ms word|word document please"
    ),
    "format:html": (
        "html|web page|webpage|pdf|browser|as html|as pdf|in pdf|pdf version|pdf file|html version|"
        "html page|html file"
    ),
    "style:short": (
        "short|one page|short report|brief report|concise|brief|shorter|briefer|shorten|"
        "a shorter version|more concise|crisper|cut it down|less text|short version|tighter|"
        "compact|one pager|not so long|condensed|make it short|in one sentence|in a sentence|"
        "one sentence|single sentence|too long|less long|just one sentence|half as long|snappier|"
        "more briefly|briefly|a shorter one|fewer words|shorter version|abridged|abridge|trim|"
        "trim it|trim it down|trimmed|boil it down|boil down|condense|condense it|compress it|"
        "cut down|cut short|keep it short|keep it brief|in ten words|in fewer words|in short form|"
        "short form|short one|brief one|just a line|one line|single line|a line|terse|terser|pithy|"
        "simplify|simplified|leaner|summarise that|shrink the text|reduce the text"
    ),
    "ask:work": (
        "start a count of|run a count of|start a count|run a count|start counting|do a count|run|"
        "start|rerun|redo|launch|analyse|analyze|carry out|perform|begin|execute|detect changes|"
        "detect change|can you run|again with|please run|do a|re run|kick off|run a|start a|"
        "compute|do another|new run|run again|please count|can you count|could you count|"
        "please detect|new count|a new count|a new analysis|new analysis|a new comparison|"
        "new comparison|a new detection|new detection|another count|another analysis|fresh count|"
        "fresh analysis|a fresh count|fresh run|set up a|set off|trigger a|trigger the|fire up|"
        "schedule|queue|queue up|order a|get going with|initiate|process the"
    ),
    "work:compare": (
        "comparison|compare the images|compare the scenes|change detection|detect changes|"
        "detect change|compare the two images|compare both images|compare again|detection|"
        "change analysis|compare the two scenes|compare these images|compare the pair|"
        "find what changed|find changes|find the changes|find all changes|find differences|"
        "find the differences|look for changes|look for differences|detect what changed|"
        "search for changes|compare my images|compare my two images|compare the image pair|"
        "compare two images|change map|detect differences|spot the differences|"
        "compare these two images|compare these scenes|difference analysis|compare the pictures|"
        "compare the two pictures|compare these pictures|compare the photos|scan for changes"
    ),
    "work:count": (
        "start a count of|run a count of|start a count|run a count|start counting|do a count|count|"
        "recount|counting|count all|count again|count the|count up|tally|object count|"
        "objects count|headcount of"
    ),
    "work:segment": (
        "outline|outlines|delineat*|trace|segmentation|outlining|digitise|digitize|segment the|"
        "segment it|segment this|segment these|segment all|segment my|segment our|segment both|"
        "segment building*|segment house*|segmentations|segmenting|segment everything|"
        "segment please|segment water|segment tree*|segment vegetation|segment road*|segment what|"
        "segment image*|segment them|segment field*|segment roof*|segment forest*|segment car*|"
        "segment vehicle*"
    ),
    "method:cva": "cva|change vector|change vector analysis",
    "method:irmad": "irmad|ir mad|mad|iteratively reweighted",
    "method:index_difference": "index difference|ndvi|spectral index|spectral indices",
    "method:log_ratio": "log ratio|logratio|radar ratio",
    "method:structure": (
        "structure detector|structural detector|method structure|with structure|using structure"
    ),
    "ask:check": (
        "how far is it|how far is the job|how far is the count|how far is the work|is it done|"
        "how far are you|progress|finished|is it ready|job status|done yet|ready yet|are you done|"
        "status|still running|is the job|how long will|has it finished|how is it going|"
        "is the count done|is it finished|when will it be|how far along|how far has|"
        "how long does it take|how long will it take|how long will this take|"
        "how long will that take|how long would it take|how much longer|eta|any progress|"
        "still going|completed yet|is it running|finished yet|over yet|hows the job|how is the job|"
        "hows it going|how goes it|how is that going|hows that going|job doing|how is the count|"
        "hows the count|how far are we|how far is that|how far is this|how far did you get|"
        "how far have you|where do we stand|where are we|whats the status|what is the status|"
        "any update|any updates|update please|any news on the|still busy|still working|"
        "still counting|are you finished|are we there yet|percent done|how complete|is that done|"
        "is it over|is it complete|is that finished|complete yet|done already|finished already|"
        "when ready|when done|time left|remaining time|time remaining|how many minutes|"
        "how many more minutes|how soon"
    ),
    "ask:cancel": (
        "stop|stop it|cancel|abort|halt|cancel it|stop that|kill it|interrupt|terminate|"
        "stop the job|cancel the job|call it off|drop it|scrap it|cancel that|cancel this|"
        "break it off|break off|quit|pull the plug|discontinue|forget it|forget about it|"
        "do not run|changed my mind|stop the count|cancel the count|stop counting|scrap that|"
        "call off|abort it|undo|undo that|undo it|abort that|abort the|abort this|stop this|"
        "stop the run|stop the work|stop the analysis|kill that|kill the|end the job|end it|"
        "please stop|never mind stop|withdraw|call it quits|halt the|halt it|cancel the run|"
        "cancel the work|cancel the analysis|cancel please"
    ),
    "ask:yes": (
        "yes|do it|go ahead|okay|ok|yes please|please do|start it|sure|yep|yeah|yes do it|"
        "go for it|confirm|confirmed|please start|do so|run it|fine|begin it|of course|proceed|"
        "lets go|lets do it|yup|please go ahead|go on|alright|all right|affirmative|sounds good|"
        "thats fine|agreed|yes start|please proceed|make it so|ahead|by all means|approved|"
        "start now|yes run it|y|ye|ya|yes pls|yess|aye|k|kk|okey|okie|okey dokey|sure thing|"
        "by all means do|please yes|roger|wilco|will do please|confirm please|yes confirm|"
        "green light|carry on|continue|please continue|i agree|correct go|fire away|crack on|"
        "start please|go|go go|do that|do that please"
    ),
    "ask:no": (
        "no|no thanks|never mind|nevermind|dont|do not|leave it|nope|rather not|dont do it|no dont|"
        "not now|please dont|better not|skip it|not yet|no thank you|rather leave it|hold off|"
        "not needed|negative|dont bother|n|nah|no no|no way|absolutely not|please no|no need|"
        "do not start|dont start|not today|maybe later|later maybe|hold on|wait"
    ),
    "ask:appearance": (
        "look like|look now|appearance|what does _ look|how does _ look|how do _ look|visually|"
        "shape of|what do they look|look at the image|looks in the image|look in the image|"
        "what _ looks like|appears in the image|visual appearance|visual description|"
        "describe the look|how it looks|how they look|how does it appear|patch looks like|"
        "it looks like in|what it looks like|looks like in|they look like"
    ),
    "calc:sum": (
        "sum of|sum|together|plus|combined|add up|added up|in sum|taken together|in combination|"
        "total of both|total of the two|sum of both|sum of the two|add them|add those|add both|"
        "add these|both together|sum them|sum up both|the two together|combine|add"
    ),
    "calc:ratio": (
        "ratio|ratio of|divided by|ratio between|times as many|times more|quotient|how many times|"
        "what multiple|factor|by what factor|divide|ratio of the two|as a ratio|quotient of"
    ),
    "calc:difference": (
        "minus|subtract|less the|difference of|difference of the two|subtract them|take away|"
        "minus the|difference between the two numbers|difference between those|difference of both|"
        "deduct|by how much do they differ|the difference|as a difference"
    ),
    # What cannot be told.
    "no:cause": (
        "by whom|why|cause|causes|caused|reason|reasons|because of|what led|who did|responsible|"
        "driver|drivers|how come|on purpose|deliberate*|purpose|whose fault|blame|due to|trigger*|"
        "explanation for|what is behind|behind it|motive*|natural or|man made|illegal*|legal*|"
        "permit|permitted|allowed to|because|as a result of|result of|what made|what drove|"
        "consequence of|whats behind|what lies behind|attributed to|attributable|explain why|"
        "did the _ cause|caused by|to blame|whos behind|how did it come|how did this come|"
        "brought about|led to|origin of the|root of|what for|natural cause*|human made|"
        "human caused|arson|war damage|stem from|stems from|down to the|result from|resulted from|"
        "culprit|perpetrator*|act of|by <doer>|by <the> <doer>|through <the> <doer>|"
        "related to <the> <doer>|linked to|to do with|thanks to <the> <doer>|did <hazard>|"
        "did <the> <hazard>|was it <hazard>|was it <the> <hazard>|was this <the> <hazard>|"
        "was that <the> <hazard>|is it <hazard>|is this <hazard>|is it <the> <hazard>|"
        "was <hazard> the|is <hazard> the|who built|who was|who is|who were|who are|who destroyed|"
        "who demolished|who tore|who removed|who cut|who has|who had|who made|who caused|"
        "who ordered|who paid|who put|who constructed|who burned|who knocked|was it <hazard> or|"
        "<hazard> or <hazard>|is it <hazard> or|was that <hazard>|did a <hazard>|"
        "could it be <hazard>|could <hazard> have|have been <hazard>|was <hazard> behind|"
        "was <hazard> responsible|do this|do all this|done this|did all this|produce the|"
        "produced the|produce this|do this to|do that to|was the doing|is the doing"
    ),
    "no:not_observable": (
        "what year were|what year was|year of construction|construction year|zoning|legal status|"
        "who owns|owned by|ownership|people|person|persons|inhabitant*|population|resident*|"
        "families|family|money|cost|costs|price*|market value|property value*|worth|dollar*|euro|"
        "euros|economic|income|rent|rents|carbon|co2|emission*|biomass|depth|volume|cubic|height|"
        "tall|taller|tallest|storey*|stories|floors|temperature|owner*|owns|who lives|lives|"
        "live here|live there|live in|species|animal*|deaths|casualt*|victim*|injured|killed|died|"
        "traffic|speed|noise|air quality|pollution|tons|tonnes|yield|harvest|profit|crime|health|"
        "jobs|employment|age of|smell|insurance|happy|occupied|households|tax|taxes|litre*|liter*|"
        "gallon*|energy|voltage|poor|rich|poverty|wealth*|humidity|rainfall|soil moisture|"
        "nutrient*|toxic*|how expensive|expensive|affordable|kilogram*|kg|inside the building*|"
        "inside the house*|water level|water quality|stock price|livestock|cows|horses|sheep|"
        "elephant*|birds|dogs|human*|men|women|children|soldier*|refugee*|citizen*|voter*|"
        "how old are the building*|how old are the house*|how old is the building|workers|"
        "who built|address|addresses|phone|names of the owner*|wages|salary|salaries|usd|sterling|"
        "pounds|dollars|how many people|how many persons|kids|passengers|customers|student*|pupil*|"
        "patient*|employees|employee|fatalities|homeless|displaced|living in|lived in|homelessness|"
        "investment*|budget|damage cost*|insured|valuation|co 2|methane|ozone|rubble|debris volume|"
        "how heavy|cubic metre*|cubic meter*|elevation|altitude|altitudes|slope|how many storeys|"
        "number of storeys|decibel*|heating|electricity|power consumption|water consumption|oxygen|"
        "radiation|religion*|political|votes|election*|building material*|brick|bricks|wooden|"
        "concrete|made of|colour of the door*|tenant*|landlord*|mortgage*|birth rate|who died|mood|"
        "sad|beautiful|ugly|architect*|architectural style|inside the home*|furniture|bedroom*|"
        "bathroom*|interior|basement*|cellar*|underground|safe to live|safety|dangerous|"
        "structural integrity|stable enough|fish|wildlife|deer|biodiversity|pest|pests|disease*|"
        "crop yield|bushels|soil type|ph value|minerals|rain|wind speed|how windy|greenhouse gas*|"
        "oldest|weigh|weighs|weight of|what weight|what crop|which crop|what crops|which crops|"
        "crop type*|type of crop|kind of crop|crop species|tree species|what species"
    ),
    "maybe:not_observable": "how high|high|higher|hot|warm|deep|deeper|floor|how old|age",
    "no:outside_dates": (
        "tomorrow|next year|next month|future|forecast*|predict*|will be|will there|going to be|"
        "in ten years|in the coming|by 2030|in the future|last week|yesterday|last month|"
        "last century|decades ago|years ago|expected to|projection|prognos*|will the|next decade|"
        "next week|will it|how will|medieval|middle ages|before the earlier|after the later|"
        "will change|will grow|in the next year|in the next years|by next year|upcoming|"
        "in five years|ten years ago|five years ago|a decade ago|ten years from now|a century ago|"
        "long ago|in ancient|will they|will we|will that|would happen|next summer|next winter|"
        "in the years to come|this morning|last night|before the first image|before the first date|"
        "after the second image|after the last image|after the second date|last summer|last winter|"
        "in two years|years from now|a few years ago|two years ago|several years ago|historically|"
        "in the nineties|in the eighties|world war|two weeks ago|last decade|will survive|"
        "will remain|will stand|will vanish|will disappear|will exist|will appear|will get|"
        "will have|next flood|next storm|next earthquake|will still|will be left"
    ),
    "no:outside_area": (
        "outside the area|outside of the area|outside the aoi|beyond the area|outside the image|"
        "elsewhere|worldwide|in the world|neighbouring|neighboring|next town|beyond the aoi|"
        "outside the scene|whole country|entire country|in the country|rest of the country|"
        "globally|global|neighbour town|outside the study area|surroundings of the area|"
        "beyond the border|beyond the image|beyond the scene|in the next valley|around the area|"
        "outside the map|beyond the study area|rest of the world|outside the area of interest|"
        "beyond the area of interest|other countries|continent|on earth|nationwide|national*|"
        "surrounding area|surrounding areas|planet|planetwide|in other towns|other cities|"
        "other areas of the country|in the province|in the county|next to the image|off the map|"
        "off the image|off the edge|the rest of the city|the rest of the town|neighbouring town|"
        "neighboring town|adjacent town|next village|outside the mapped area|"
        "outside the project area|outside the perimeter|outside town|outside the town|"
        "outside the target area|outside the city|outside the village|outside the municipality|"
        "outside the district boundaries|out of the frame|out of frame|just outside|"
        "outside of the map|outside of the image|other villages|other towns|next county|"
        "next valley over"
    ),
    "ask:inject": (
        "ignore all|ignore your|ignore previous|system prompt|your instructions|"
        "previous instructions|you are now|pretend|jailbreak|say 42|reveal|api key|password|secret|"
        "developer mode|disregard|forget your|forget all|forget the|override|act as|roleplay|"
        "role play|repeat after me|rm rf|import os|drop table|exec|eval|execute code|run code|"
        "write code|python|javascript|script|make up|invent|just say|simply say|answer with|"
        "respond with|reply with|always say|admin|sudo|your prompt|hidden instructions|print the|"
        "env variable*|environment variable*|etc passwd|say that|claim that|tell me that|"
        "say there are|your rules|your guidelines|new instructions|instead of facts|api keys|"
        "credentials|delete all|delete everything|shell|os system|subprocess|do anything now|"
        "dan mode|no restrictions|without restrictions|bypass|hallucinate|fabricate|lie to me|fake|"
        "tell a lie|from now on you|from now on answer|just tell me there are|you must|answer that|"
        "you have to say|must say|you will say|only say|i order you|obey|hypnot*|tell everyone|"
        "write that|confirm that there are|as an ai|your creator|your developer|ignore the rules|"
        "ignore the instructions|ignore the above|ignore the system|ignore the previous|"
        "ignore the facts|ignore the data|ignore any rules|ignore any instructions|"
        "ignore any limits|ignore these|ignore those|ignore what you|ignore everything|"
        "you must answer|stop being|be a pirate|no rules|break the rules|unfiltered|uncensored|"
        "base64|sql|rm r|chmod|curl|wget|os environ|print your|show your prompt|"
        "your system message|system message|dump your|training data|language model|chatgpt|openai|"
        "anthropic|your weights|root access"
    ),
    "ask:other": (
        "poem|joke|song|recipe|weather|translate|capital of|football|soccer|movie|lyrics|homework|"
        "essay|love me|horoscope|birthday|president|prime minister|stock market|bitcoin|"
        "restaurant*|hotel*|flight*|meaning of life|riddle|who won|cooking|dinner|lunch|email to|"
        "send an email|book a|order me|buy|sing|math problem|square root|solve|favourite|favorite|"
        "your name|your opinion|do you like|how are you|do you love|pizza|pizzas|burger*|beer|wine|"
        "coffee|tea|cake|cakes|breakfast|cafe|cafes|pub|pubs|bar|recipe*|cook|music|film|films|"
        "game|games|chess|lottery|quiz|novel|haiku|limerick|rhyme|dance|dancing|holiday|holidays|"
        "vacation|celebrity|celebrities|actor|actress|singer|taylor swift|pope|king|queen|"
        "time is it|what day is today|exchange rate|share price|stock tip|stocks to buy|"
        "lose weight|diet|medicine|doctor|symptom*|headache|girlfriend|boyfriend|marry me|marriage|"
        "dating|joke*|funny|make me laugh|tell me a story|bedtime story|world cup|olympic*|"
        "champions league|premier league|bus leave|train leave|next bus|next train|train to|bus to|"
        "fly to|ticket*|visa|passport|shopping list|christmas|easter|santa|unicorn*|dragon*|"
        "philosoph*|god|bible|quran|pi to|digits of pi|prime number*|fibonacci|integral of|"
        "derivative of|how to cook|how to bake|remind me|set an alarm|alarm|timer|call my|text my|"
        "play some|open the door|turn on|turn off"
    ),
    "ask:supposed": (
        "what if|if two|if three|if we|if they|if there|if all|if another|if one more|would the|"
        "would there|would they|imagine|hypothetical*|were to|what would|if nothing|if the"
    ),
    "ask:help": (
        "help|what can you do|what can i ask|hello|hi|hey|good morning|good evening|thanks|"
        "thank you|who are you|what are you|what do you do|how can you help|what questions|"
        "how do i use|capabilit*|what can i do|this tool do|what is this|this app|this program|"
        "what do you offer|how to use|bye|goodbye|see you"
    ),
    # Sizes and units.
    "limit:least": (
        "larger than|bigger than|over|above|at least|more than|greater than|exceeding|"
        "no smaller than|minimum|from|upwards of|larger|or more|not under|not smaller than|beyond|"
        "exceed|exceeds|no less than|not less than|not below|upward of|in excess of|bigger|greater|"
        "and up|and above|or larger|or bigger|and more|topping|a minimum of|min|min of|not less|"
        "over and above|exceeded|north of the size|no less|at the least|>|≥"
    ),
    "limit:most": (
        "smaller than|under|below|less than|at most|no larger than|up to|fewer than|"
        "not larger than|maximum|not more than|no bigger than|or less|smaller|not over|and below|"
        "or smaller|and less|no more than|no greater than|not above|not exceeding|max|maximally|"
        "tinier than|no further than|no farther than|not further than|not farther than|no bigger|"
        "no larger|not bigger than|not any bigger than|max of|a maximum of|tops|at the most|"
        "underneath"
    ),
    "limit:between": "between",
    "size:than": (
        "larger than a|bigger than a|smaller than a|larger than an|bigger than an|smaller than an|"
        "as big as a|as large as a"
    ),
    "unit:ha": (
        "how many hectares|how many ha|ha|hectare|hectares|in hectares|in ha|express as hectares|"
        "into hectares|to hectares|as hectares|in ha please"
    ),
    "unit:m2": (
        "how many square metre*|how many square meter*|how many m2|m2|sqm|sq m|square metre|"
        "square metres|square meter|square meters|in square metres|in square meters|in m2|in sqm|"
        "qm|as square metres|as square meters|into square metres|in sq m|as m2|m sq|square m|m 2|"
        "square metre*|sqmt|sq mtr|sq mt"
    ),
    "unit:km2": (
        "how many square kilometre*|how many square kilometer*|how many km2|km2|sq km|sqkm|"
        "square kilometre|square kilometres|square kilometer|square kilometers|square km|"
        "in square kilometres|in square kilometers|in km2|as square kilometres|in sq km|sq kms|"
        "into square kilometres|as km2"
    ),
    "unit:acre": "acre|acres|in acres|as acres|into acres|how many acres",
    "unit:%": (
        "in percent|as a percentage|as percentage|as percent|in per cent|as a share|as a percent|"
        "as a proportion|as a fraction|in relative terms|relative|as %|in %|percentage please|"
        "in pct|percentage wise|as per cent|as a per cent|relative to what was there|"
        "relative to the original|relative to the original stock|in percent of|"
        "percent of what stood there|relative to the whole|relative to the total|relative to all|"
        "relative to before|relative to the start|share wise|as share|in percentage|in percentages|"
        "percentually|percentual|percents|percent please|percent wise|in terms of percent|"
        "in terms of percentage|in percentage terms|as a percentage of|as pct|in pc|"
        "how much in percent"
    ),
    "unit:m": "m|metre|metres|meter|meters|in metres|in meters",
    "unit:km": "km|kilometre|kilometres|kilometer|kilometers|in kilometres|in kilometers|in km",
    "unit:foot": "ft|foot|feet",
    "unit:mile": "mile|miles",
    # Layers by what they usually hold.
    "layer:river": (
        "stream*|creek*|brook*|waterway*|canal*|riverbank*|watercourse*|river|rivers|waterside|"
        "stream bank*|tributar*|waterfront*|riverside|riverfront*|water edge|waters edge|"
        "edge of the water|bank|banks|riverbed|shore of the river|waterline"
    ),
    "layer:road": "road*|street*|highway*|motorway*|route*|path|paths|track|tracks",
    "layer:railway": "rail|rails|railway*|railroad*|train line*|tramway*",
    "layer:district": (
        "district*|quarter|quarters|neighbourhood*|neighborhood*|ward|wards|municipalit*|borough*|"
        "commune*|suburb*|administrative unit*|sub district*|subdistrict*|precinct*|"
        "administrative area*"
    ),
    "layer:parcel": "parcel*|plot|plots|lots|cadast*|propert*",
    "layer:coast": "coast*|shore*|shoreline*|coastline*|beach*",
    "layer:zone": "zone|zones|flood zone*|hazard zone*|protected area*|reserve*|conservation area*",
    "layer:pipeline": "pipeline*|power line*|powerline*|pipe|pipes",
    "layer:school": "school*",
    "layer:any": "layer*|polygon*|my layer*|features",
    # Words that lean on the question before.
    "link:of": "of|of the|of my",
    "link:with": "with|by|from|like|having|made of|containing|under|behind|for",
    "verb:lie": (
        "lie|lies|located|sit|sits|fall|falls|are in|is in|are within|are situated|is situated|"
        "lay|found in"
    ),
    "follow:and": (
        "and|what about|how about|also|what of|then|or|and what about|and how about|but|and for|"
        "and what|or what about|so|how about in|same question for|and now|and then|okay and|ok and|"
        "now|next up|whereas|while in|vs in|likewise for|what bout|wat about|how bout|and over in|"
        "and over"
    ),
    "follow:same": (
        "same|the same|same for|same question|likewise|ditto|same thing|again for|do the same|"
        "as well|same in|same there"
    ),
    "follow:other": (
        "the other half|other half|the opposite half|opposite half|the other side|opposite side|"
        "the opposite"
    ),
    "follow:those": (
        "those|these|them|they|it|that|ones|their|its|this|the first|which ones|that one|this one|"
        "the latter|that number|this number|that figure|the former|of those|of these|which one|"
        "those ones|them all|the same ones|aforementioned|in there|that place"
    ),
    "follow:second": (
        "and how many|and how much|and where|and which|and what|and how large|and how big|and is|"
        "and are|and did|and by how|and what share|and which one|but how many|but how much|"
        "but where|but which|but what|but how large|but how big|but is there|but are there|"
        "plus how many|plus where|as well as how many|also how many"
    ),
    "follow:instead": "instead|rather|only|just|but only|i meant|i mean",
    "follow:next": (
        "next one|the next one|next|the next|next largest|next biggest|next smallest|"
        "next largest one|next biggest one|the one after|one after that|the following one|"
        "following one|and after that|the one after that|next in line|next in size|runner up|"
        "the runner up|next please|comes after that|comes after|what comes next|which comes next|"
        "comes next|who comes next|after that one|the one behind|the one behind it|behind that|"
        "next after that|one further down|one below|the one below|follow up|whats next|"
        "which is next|and next|next on the list|next entry|the subsequent one|subsequent one"
    ),
    "follow:not": (
        "do not|dont|does not|doesnt|are not|arent|is not|isnt|did not|didnt|were not|werent|"
        "was not|wasnt|have not|havent|has not|hasnt|not"
    ),
    "not:any": "no|without|without any|zero|none|not a single|nil",
    "nth:2": (
        "runner up|the runner up|second place|in second place|number two|no 2|place two|"
        "silver medal|2nd place|rank 2|rank two|second in line|second in size|second after|"
        "right after the biggest|right after the largest"
    ),
    "nth:3": "number three|no 3|third place|in third place|place three|rank three|rank 3|3rd place",
    "ask:each_of": (
        "per building|per house|per object|per patch|per structure|per piece|each building|"
        "each house|each object|each one|apiece"
    ),
    "follow:whole": (
        "out of how many|of how many|out of what total|how many in total were there|"
        "out of what number|from how many|of how many in total|out of how many in total|out of|"
        "what total"
    ),
    "work:run": (
        "run a ... count|run a ... tally|start a ... count|do a ... count|launch a ... count|"
        "perform a ... count|make a ... count|run the ... count|start the ... count|"
        "run ... detection|start ... detection|kick off a ... count|have a ... count run|"
        "set up a ... count|run ... count|start ... count|launch ... count|run a ... count of|"
        "start a ... count of|run the ... detection|start a new|run a new|do a new|make a new|"
        "start the ... analysis|run the ... analysis|run ... analysis|start ... analysis|"
        "start ... comparison|run ... comparison|launch ... comparison|launch ... analysis|"
        "start ... counting|launch a|kick off a|kick off the|kick off|initiate ... count|"
        "initiate ... comparison|begin ... count|begin ... comparison|set off ... count"
    ),
    "aside:so": (
        "what if we widen|what if we use|what if we take|if we take|if we use|if we look at|"
        "if we only|what if i|if you|what if we only|what if we set|what if we lower|"
        "what if we raise|what if we go|what if its|what if it is|what about if|if possible|"
        "if you can|if you could|if i may|if at all|if any|if so|if not|if available|as if|"
        "if need be|if there is any|if there are any|if there were any|who knows|why not|because i|"
        "because we|because my|the reason i ask|reason for asking|reason i am asking|i ask because|"
        "for this reason|what the hell|god knows|who cares|the people at|people ask|people want|"
        "people say|people keep asking|people are asking|the public|happy to|glad to|"
        "will be presented|will be used|will be printed|i will|we will|will you|will do|"
        "we are going to|i am going to|will need|will help|will go into|worth mentioning|"
        "worth knowing|worth reporting|worth noting|at all costs|in terms of money no|save money|"
        "for what its worth|age old|live view|live map|energy to|for <the> <audience>|"
        "for <the> _ <audience>|for our <audience>|for my <audience>|for <audience>|i mean|"
        "you mean|do you mean|that means|so to speak|insured size|relevant size|claim size|"
        "for <whose> <purpose>|for <whose> _ <purpose>|for <purpose>|for <whose> <whose> <purpose>|"
        "in <whose> <purpose>|into <whose> <purpose>|goes into <whose> <purpose>|to <whose> boss|"
        "<audience> <saying>|insured <saying>|policy holder* <saying>|policyholder* <saying>|"
        "claimant* <saying>|client <saying>|customer <saying>|boss <saying>|mayor <saying>|"
        "colleague* <saying>|wants to know|want to know|would like to know|i need to know|"
        "need to know|needs to know|if there are that many|if that many|if there are so many|"
        "as far as available|where available|if known|if you know|if it helps|if you like|"
        "if you please|if you would|if you dont mind|if that is possible|if thats possible|"
        "if possible at all|if it is possible|no idea|reporter on deadline|on deadline|my policy|"
        "policy says|policy number|according to the policy|line on|a line on|from noise|"
        "noise floor|signal from noise|pixel noise|sensor noise|image noise|speckle noise"
    ),
    "aside:there": (
        "that district|this district|that area|that part|that quarter|that neighbourhood|"
        "this neighbourhood|this neighborhood|that neighborhood|the neighbourhood|the neighborhood|"
        "that parcel|this parcel|that zone|this zone|the same district|the same area|this quarter|"
        "that half|the district there|this <part>|that <part>|the said <part>|this suburb|"
        "this town|this city|this village|this community|this place|this location|this site|"
        "this spot"
    ),
    "ask:limits": (
        "limitation*|reservation*|caveat*|disclaimer*|shortcoming*|weak point*|known issues|"
        "known problems|restrictions|provisos|proviso|wary|wary of|beware|pitfall*|should i worry|"
        "cautious|cautionary|count is off|number is off|numbers are off|figure is off|be off|"
        "is off|any chance|how far off|miscount*|overcount*|undercount*|false positive*|"
        "false negative*|missed any|miss any|overlooked any|overlook|trust these|take with a pinch|"
        "artefact*|artifact*|limit it|limit the result|limits of the|limits to the|"
        "risks of the analysis|risks of the result|risks in the|sources of error|error source*|"
        "source of error|source of uncertainty|sources of uncertainty|stumbling block*|catch|"
        "catches|gotcha*|downside*|flaw|flaws|deficien*"
    ),
    "by:growth": (
        "grew most|grew the most|expanded most|expanded the most|grown most|grown the most|"
        "which grew most|which one grew most|most grown|largest growth|biggest growth|"
        "most enlarged|enlarged most|enlarged the most|was enlarged the most|was extended the most|"
        "extended the most|extended most|largest extension|biggest extension|"
        "biggest increase in size|largest increase in size|gained the most area|gained most area"
    ),
    "nth:any": "no|nr|number|rank|place|position|building|object",
    "size:of": (
        "larger than|bigger than|smaller than|greater than|no smaller than|no larger than|"
        "no bigger than|not larger than|not smaller than|not bigger than|tinier than|bigger|larger|"
        "smaller"
    ),
    "relation:apart": "removed",
    "by:howmuch": "by how much|how much by|by what amount|by how many",
    "none:changed": (
        "no change|no changes|no change at all|no change whatsoever|nothing changed|"
        "nothing happened|nothing new|without change|without changes|without any change|"
        "without any changes|unchanged|untouched|no activity|zero change|did not change|"
        "have not changed|has not changed|saw nothing|saw no|show no|shows no|showed no|had no|"
        "have no|has no|nil change|nil changes|nil|nil return|nil report|zero changes|"
        "no alteration|no alterations|no difference|no differences|no damage|no impact|no effect"
    ),
    "ask:captioned": (
        "caption|captions|write a caption|image caption|figure caption|map caption|alt text|"
        "subtitle|legend line|one line caption|photo caption|caption for the|caption for|a caption"
    ),
    "follow:on_how_many": "on how many|how many of them|how many of those",
    "ask:confirm": (
        "is that true|is that right|is that correct|is it true|is it right|true|correct|right|"
        "is this true|is this right|is this correct|can you confirm|can you confirm that|"
        "please confirm|confirm that|confirm this|does that hold|is that so|agreed|agree|"
        "do you agree|does the data support|do the data support|do the images support|"
        "do the images show that|do the images confirm|would you agree"
    ),
    "follow:rather": "rather than|instead of|as opposed to|and not|but not",
    "none:sides": (
        "which side|what side|in which side|on which side|on what side|which half|what half|"
        "in which half|side"
    ),
}  # fmt: skip

_SETS = {
    "doer": (
        "earthquake*|quake*|hurricane*|storm*|tornado*|cyclone*|typhoon*|landslide*|tsunami*|"
        "explosion*|bomb*|war|wars|wildfire*|fire|fires|flood*|drought*|shelling|attack*|"
        "missile*|eruption*|avalanche*|wind|winds|government|city|developer*|owner*|council|"
        "contractor*|climate|rain|rains|logging|farmer*|farming|agriculture|arson*|mining|army|"
        "soldiers|investor*|disaster*|weather|heat|insects|beetles|disease*|people|locals|"
        "human*|hail*|lightning|heatwave*|subsidence|sinkhole*|mudslide*|rockfall*|surge|"
        "air strike*|airstrike*|bulldozer*|vandal*|looters|gas leak*|erosion|frost|snow|ice|"
        "termites|levee breach*|dam breach*|dyke breach*|dike breach*|breach|deer|grazing|"
        "beavers|wild boar"
    ),
    "hazard": (
        "earthquake*|quake*|hurricane*|storm*|tornado*|cyclone*|typhoon*|landslide*|tsunami*|"
        "explosion*|bomb*|war|wars|wildfire*|fire|fires|flood*|drought*|shelling|attack*|"
        "missile*|eruption*|avalanche*|wind|winds|arson*|climate|weather|disaster*|logging|"
        "government|council|developer*|hail*|lightning|heatwave*|subsidence|sinkhole*|"
        "mudslide*|rockfall*|tsunamis|surge|air strike*|airstrike*|bulldozer*|vandal*|looters|"
        "gas leak*|dam break|burst pipe*|erosion|frost|snow|ice|termites|fungus|pest*|"
        "levee breach*|dam breach*|dyke breach*|dike breach*|breach|levee|deer|grazing|"
        "browsing|beavers|wild boar"
    ),
    "audience": (
        "owner*|landowner*|resident*|people|inhabitant*|tenant*|farmer*|public|population|families|"
        "neighbour*|citizen*|customer*|student*|pupil*|insurance|insurer*|army|military|police|"
        "troops|soldiers|visitors|kids|children"
    ),
    "the": "the|a|an|this|that|some|any|these|those|such a|local|illegal",
    "purpose": (
        "report|reports|file|files|record|records|memo|minutes|dossier|claim|claims|claim file|"
        "board|meeting|briefing|presentation|slide*|deck|press|newspaper|article|story|"
        "headline|blog|thesis|paper|essay|newsletter|insurance|insurer*|underwriter*|audit|"
        "auditor*|archive*|logbook|log|journal|bulletin|appendix|annex|footnote|website|"
        "homepage|poster|leaflet|flyer|broadcast|interview|lecture|class|seminar|hearing|court|"
        "trial|lawsuit|permit file|paperwork|form|books|assessment|statement|summary|letter|"
        "email|mail|note|notes|protocol|talk|commission|committee|ministry|minister|mayor|boss|"
        "manager|supervisor|professor|teacher|client|customer*|colleague*|team|department|"
        "agency|authority|authorities|council|government|general|commander|colonel|"
        "headquarters|hq|donor*|sponsor*|fund|grant|application|project|study|master plan|"
        "masterplan|plan|planning|budget|statistic*|statistics office|tender|contract|invoice|"
        "handover|inventory"
    ),
    "saying": (
        "say|says|said|claims|claimed|asks|asked|wants|wanted|needs|thinks|thought|believes|"
        "believe|told|tells|wonders|wondered|insists|insist|argues|swears|keeps|requested|"
        "requests|would like|is asking|are asking|is claiming|mentioned|assumes|assume|expects|"
        "expect|suspects|suspect|fears|fear|hopes|hope|complains|complain|maintains|alleges|"
        "denies|states|ask|want|think"
    ),
    "whose": (
        "the|a|an|my|our|this|that|his|her|their|todays|tomorrows|your|internal|official|"
        "annual|monthly|weekly"
    ),
    "image": (
        "image*|picture*|pictur|foto|fotos|pic|pics|photo*|scene*|acquisition*|survey*|date|epoch*|snapshot*|shot|"
        "shots|overpass*|flyover*|flyby|pass|capture*|visit|mosaic|frame|recording*|time point|"
        "timepoint|point in time|observation*|moment|overflight|state|mapping|instant|one taken|"
        "orthophoto|capture date|image date|acquisition date|dates"
    ),
    "first": (
        "first|earlier|older|old|oldest|initial|original|previous|starting|1st|before|pre|prior|"
        "former|baseline|reference|earliest|pre event"
    ),
    "second": (
        "second|later|newer|newest|latest|most recent|more recent|recent|last|final|2nd|after|"
        "post|current|present|new|closing|post event|present day"
    ),
    "part": (
        "part|parts|quadrant*|sector*|district*|corner|zone*|region*|parcel*|plot|plots|ward*|"
        "neighbourhood*|neighborhood*|borough*|suburb*|quarter|quarters|subdistrict*|precinct*|"
        "sectors|sub area*|subarea*|section|sections|segment|segments|block|blocks|grid cell*|"
        "cell|cells|tile part*|grid square*|map square*|tiles|map cell*"
    ),
    "both": "the two|both|these two|those two|the|these|those|my two|our two|either|each",
    "at": "in the|on the|at the|by the|from the|for the|of the|as of the|in our|on our",
    "verb": (
        "measured|computed|calculated|obtained|determined|derived|counted|found|worked out|"
        "established|arrived at|estimated|produced|detected|generated|made|reached"
    ),
}
"""Words that stand for each other in phrases of the lexicon."""
_PARTICLES = "please kindly pls plz just"
_FILLERS = """
rest saw sees see seeing shows hi hey hello remaining somewhere anywhere nearby corner hand a an the
of in on at to for by with from is are was were be been being do does did has have had can could
would should will shall may might please me my i you your we us our it its this that these those
there here and or but so then than as if not no any some all each every both which what who whom
whose when how much many more most less least very really just only also too still already yet
between during since until over under up down out into onto off about tell show give find get let
lets know want need like look think say says said make made list exactly roughly approximately total
overall question answer kindly maybe perhaps actually quickly them they their one ones s t re ll ve
d am whats hows wheres id im thats dont didnt isnt arent wasnt werent place places part parts side
area region zone image images picture scene scenes map date dates year years time period two other
another same such case per using use used according along across while because come came go went
going got happen happened happening occur occurred took take taken exist existed exists stand stands
stood found detected detect observed seen measured noticed visible recorded identified spotted lie
lies lay present currently right well ok okay again first last now big large small high low good bad
ever even compute calculate estimate value number figure result results data info information
figures numbers covered cover covers covering become became turned turn remained in-between bit lot
lots plenty kind kinds sort type half halves percent main whole entire complete it's affected land
ground terrain ask asking asked wonder wondering curious able idea guess count counted write
assessed further sentence produced compared space sorry sit sits june january february march april
july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
standing exceed lower higher event check checking close size sizes location working situation
forward council pls plz obtained far raw express separate nothing hit harder residual px applied
pair put briefing save ago bda request sector called left correct true hm hmm um uh er ehh eh oh ah
yo dear guys folks mate sir madam team colleague colleagues thx cheers regards appreciate grateful
greetings evening morning afternoon day quick simply simple basically essentially generally rather
quite pretty somewhat slightly honestly frankly obviously apparently seemingly presumably probably
possibly likely surely definitely certainly clearly indeed whatever whichever whoever however though
although anyway besides moreover furthermore recent recently analysis analyze analyse cases respect
regarding concerning terms term wise se namely e g ie eg etc vs via amongst among upon plus minus
comes coming gives gave given makes making done doing goes getting gotten received receive receives
must needs needed required require requires requested needing wanted wants wanting wish wished hope
hoping trying try tried help helpful useful next earthquake storm hurricane quake disaster flood
survey surveys inspection mission pictures photo photos imagery overview dataset file files screen
back away apart together individual single various several few couple amount quantity quantities
statistic statistics stats stat metric metrics values estimates estimated approx approximate around
ca whos whens correctly properly actual real truly false fair name names named lists listing listed
rank order ordered sorted contact boss office paper presentation slide slides table tables spot
recognise recognised recognize recognized identify identifies identifiable occupied occupy occupies
taking takes usage particular specific specifically precisely precise exact tells telling told
inform informs informed informing mention mentioned state stated provide provided provides providing
deliver delivers return returns output outputs display displays hence thus therefore hereby
otherwise else instead afterwards beforehand formerly meanwhile throughout gained surrounding word
words line lines text sense way ways manner form forms sec minute minutes moment times set sets
combination combined little ar ur huh na nobody noone none heard class discrete quadrant descending
ascending attention wondered mind assume assuming suppose supposing believe reckon rumour rumor
reported supposedly somebody someone everyone everybody folk people-say learn learned bunch load
loads crazy wow great cool nice awesome oops wait hold listen look-here anyhow anyways whoa dude bro
buddy friend darling lovely marvellous brilliant perfect excellent good-day okey okie yeah yea nah
nope valid t1 dates-between looks looked seems seem appears-to monday tuesday wednesday thursday
friday saturday sunday matrix story brief minister mayor client customer manager accounting purposes
purpose account records record planning planner committee meeting deadline whether newspaper reader
readers public audience decide decision plan plans thesis homework-free project study studying
research professor wat wot da compass half-way settlement town village city community local locally
panel-free gets
"""
_NUMBERS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen twenty
"""
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth"
_PLACE_CUES = "in near within inside around outside along beside across opposite nearby at"
_WEAK_PLACE_CUES = "for of on with about between versus vs than against"
_ASKING = """
what who whom whose which why how when where is are was were do does did has have had can could will
would should shall may
"""
_ARTICLES = "the a an my our this that"
_AUXILIARIES = """
is are was were be been being am has have had get gets got do does did will would can could should
may might must not to i you we they he she it that which who and as so very too quite really ever
"""
_HAVING = "have has had having contain contains containing featuring"
_MANNERS = """
terms words way manner format form mode style english detail general particular short brief total
all sum order case fact glance least most best worst once
"""
_GRAMMAR = Grammar(
    place_cues=frozenset(_PLACE_CUES.split()),
    weak_place_cues=frozenset(_WEAK_PLACE_CUES.split()),
    articles=frozenset(_ARTICLES.split()),
    asking=frozenset(_ASKING.split()),
    pointing=frozenset({"this", "that", "these", "our", "my", "your"}),
    of=frozenset({"of", "all", "total"}),
    auxiliaries=frozenset(_AUXILIARIES.split()),
    having=frozenset(_HAVING.split()),
    adverbs=("ly", "wise"),
    settlements=frozenset(
        {"town", "city", "village", "suburb", "county", "hamlet", "municipality", "province"}
    ),
    denying=frozenset({"not", "nor"}),
    copulas=frozenset({"is", "are", "was", "were", "be", "became"}),
    verbs=("ing",),
    participle=r"\w+ed",
    how=frozenset({"how"}),
    than=frozenset({"than"}),
    manners=frozenset(_MANNERS.split()),
)
NUMBERS = {word: value for value, word in enumerate(_NUMBERS.split())} | {
    "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100, "thousand": 1000,
}  # fmt: skip
ORDINALS = {word: value for value, word in enumerate(_ORDINALS.split(), start=1)} | {
    "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5,
}  # fmt: skip

SPEECH = Speech(
    tag="en",
    name="English",
    language=replace(ENGLISH, words={**ENGLISH.words, **WORDS}),
    lexicon={concept: _either(phrases) for concept, phrases in _LEXICON.items()}
    | {
        "unmapped:thing": phrases_of("english_unmapped.txt"),
        "no:unseen": phrases_of("english_unseen.txt"),
    },
    fillers=frozenset(_FILLERS.split()),
    grammar=_GRAMMAR,
    numbers=NUMBERS,
    ordinals=ORDINALS,
    classes=CLASSES,
    sentences=SENTENCES,
    suggestions=SUGGESTIONS,
    sets={name: _either(words) for name, words in _SETS.items()},
    particles=frozenset(_PARTICLES.split()),
    fractions={"half": 0.5, "quarter": 0.25, "third": 1 / 3, "tenth": 0.1},
    apart=frozenset({"of", "a", "an", "the"}),
    common=words_of("english_common.txt"),
)
